"use client";

import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import type { MetricBranch } from "@/lib/presenters/metrics/tree";

interface Props {
  branch: MetricBranch;
  /** Whether its branches are open until somebody closes them. */
  open: boolean;
  /** The panels of some metrics. */
  render: (keys: readonly string[]) => ReactNode;
}

/** A branch's own panels, and under them a heading for each that goes on. */
export function Branches({ branch, open, render }: Props) {
  return (
    <>
      {branch.keys.length > 0 ? render(branch.keys) : null}
      {branch.branches.map((child) => (
        <Branch key={child.path} branch={child} open={open} render={render} />
      ))}
    </>
  );
}

const countOf = ({ keys, branches }: MetricBranch): number =>
  branches.reduce((sum, child) => sum + countOf(child), keys.length);

function Branch({ branch, open, render }: Props) {
  const [turned, setTurned] = useState(false);
  const shown = open !== turned;
  return (
    <div className="border-l border-line pl-2">
      <h3>
        <button
          type="button"
          aria-expanded={shown}
          title={branch.path}
          onClick={() => setTurned(!turned)}
          className="flex h-8 w-full items-center gap-1.5 rounded text-sm hover:bg-surface"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cn("shrink-0 text-faint transition-transform", shown && "rotate-90")}
          />
          <span className="truncate">{branch.title}</span>
          <span className="text-muted tabular-nums">{countOf(branch)}</span>
        </button>
      </h3>
      {shown ? <Branches branch={branch} open={open} render={render} /> : null}
    </div>
  );
}
