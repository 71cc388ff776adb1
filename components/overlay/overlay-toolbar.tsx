"use client";

import { SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { SelectOption } from "@/components/ui/select";
import type { XAxis } from "@/lib/contracts/metrics";
import { defaultLeftScale, type OverlayView } from "@/lib/presenters/charts/view";
import { formatInteger } from "@/lib/presenters/format/number";
import { MetricChips } from "./metric-chips";
import { ViewControls } from "./view-controls";

interface Props {
  view: OverlayView;
  shown: readonly string[];
  available: readonly string[];
  xOptions: readonly SelectOption<XAxis>[];
  onChange: (patch: Partial<OverlayView>) => void;
}

/** What is shown and how. On a narrow screen the how waits behind a button. */
export function OverlayToolbar({ view, shown, available, xOptions, onChange }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1.5 py-1">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
        <MetricChips shown={shown} available={available} onChange={(metrics) => onChange({ metrics })} />
        {view.window ? (
          <Button variant="secondary" size="small" onClick={() => onChange({ window: null })}>
            <span className="tabular-nums">
              steps {formatInteger(view.window.from)} to {formatInteger(view.window.to)}
            </span>
            <X size={13} aria-hidden />
            <span className="sr-only">Show the whole run</span>
          </Button>
        ) : null}
      </div>
      <Button
        variant="ghost"
        size="small"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="lg:hidden"
      >
        <SlidersHorizontal size={14} aria-hidden />
        View
      </Button>
      <div className={cn("flex flex-wrap items-center gap-2 max-lg:w-full", !open && "max-lg:hidden")}>
        <ViewControls
          view={view}
          left={view.left ?? defaultLeftScale(shown)}
          right={view.right ?? "linear"}
          xOptions={xOptions}
          onChange={onChange}
        />
      </div>
    </div>
  );
}
