"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";

interface Props {
  title: string;
  /** What it does, in a few words. */
  hint: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  children: ReactNode;
}

/** A part of a schedule that may be left out. */
export function Section({ title, hint, on, onToggle, children }: Props) {
  return (
    <section aria-label={title} className="border-t border-line py-2.5">
      <div className="flex items-center gap-2">
        <Checkbox checked={on} onChange={onToggle} label={title} />
        <h2 className="text-sm font-medium">{title}</h2>
        <span className="truncate text-xs text-muted">{hint}</span>
      </div>
      {on ? <div className="pt-2">{children}</div> : null}
    </section>
  );
}
