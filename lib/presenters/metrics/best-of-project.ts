import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { own } from "@/lib/domain/own";
import { formatValue } from "@/lib/presenters/format/number";
import { bestOf } from "@/lib/presenters/runs/primary-metric";

export interface AgainstBest {
  /** A sentence's first part: `0.0123 (4 %) above`; null when the run is itself the best, or as good. */
  readonly distance: string | null;
  /** Exact, for hovering. */
  readonly detail: string;
}

/** How far a run's best value is from the project's best; null while one of the two is missing. */
export function againstBest(run: Run, best: Run | null, { key, mode }: PrimaryMetric): AgainstBest | null {
  const mine = bestOf(own(run.summary, key), mode);
  const other = best && bestOf(own(best.summary, key), mode);
  if (mine === null || other === null) return null;
  const detail = `${key}: ${mine} against ${other}`;
  const gap = mine - other;
  if (gap === 0) return { distance: null, detail };
  const share = other === 0 ? "" : ` (${percent(Math.abs(gap / other))})`;
  return { distance: `${formatValue(Math.abs(gap))}${share} ${gap > 0 ? "above" : "below"}`, detail };
}

function percent(share: number): string {
  const value = share * 100;
  return value < 0.01 ? "under 0.01 %" : `${Number(value.toPrecision(2))} %`;
}
