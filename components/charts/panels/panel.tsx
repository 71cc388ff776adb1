"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { cn } from "@/components/ui/class-names";
import { MiddleText } from "@/components/ui/middle-text";
import { PINNED, type MetricSection } from "@/lib/presenters/metrics/sections";
import { Grip } from "./arrange";

interface PanelProps {
  metric: string;
  ref: Ref<HTMLLIElement>;
  children: ReactNode;
}

/**
 * The box of one metric's small chart; `PanelTitle` leaves room for its grip. Alone in its row it has no border, and its
 * plot stands under that of a large chart.
 */
export function Panel({ metric, ref, children }: PanelProps) {
  return (
    <li
      ref={ref}
      data-panel={metric}
      className={cn(
        "relative min-w-0 rounded-lg border border-line px-2 py-1",
        "has-[[data-grip][aria-pressed=true]]:bg-active",
        "@max-[26.5rem]:rounded-none @max-[26.5rem]:border-0 @max-[26.5rem]:pr-0 @max-[26.5rem]:pl-3",
      )}
    >
      <Grip item={{ kind: "panel", id: metric, title: metric }} className="absolute top-1 left-0.5" />
      {children}
    </li>
  );
}

export function PanelTitle({ metric }: { metric: string }) {
  return (
    <h3 className="flex min-w-0 flex-1 pl-5.5 text-sm font-medium" title={metric} aria-label={metric}>
      <MiddleText text={metric} />
    </h3>
  );
}

interface SectionProps {
  section: MetricSection;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** How many of its charts there are at most. */
  limit?: number;
  children: ReactNode;
}

/** Panels under a heading that opens and closes them. Sections of one panel share a row. */
export function PanelSection({ section, open, onOpen, limit = Infinity, children }: SectionProps) {
  const { id, title, keys } = section;
  const fixed = id === PINNED;
  const heading = `metrics-${encodeURIComponent(id)}`;
  return (
    <section
      aria-labelledby={heading}
      data-section={id}
      data-title={title}
      data-fixed={fixed || undefined}
      data-rest={keys[limit]}
      className={cn(
        "@container min-w-0 has-[>div>[data-grip][aria-pressed=true]]:bg-active",
        keys.length > 1 && "col-span-full",
      )}
    >
      <div className="flex items-center border-b border-line">
        <h2 id={heading} className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => onOpen(!open)}
            className="flex h-9 w-full items-center gap-1.5 rounded text-sm font-medium hover:bg-surface"
          >
            <ChevronRight
              size={15}
              aria-hidden
              className={cn("shrink-0 text-faint transition-transform", open && "rotate-90")}
            />
            <span className="truncate">{title}</span>
            <span className="font-normal text-muted tabular-nums">
              {open && keys.length > limit ? `${limit} of ${keys.length}` : keys.length}
            </span>
          </button>
        </h2>
        {fixed ? null : <Grip item={{ kind: "section", id, title: `section ${title}` }} />}
      </div>
      {open ? children : null}
    </section>
  );
}
