import type { WireNumber } from "@/lib/contracts/common";
import type { MetricSummary } from "@/lib/contracts/metrics";

export interface BestPoint {
  readonly value: WireNumber;
  readonly step: number;
  /** Steps from the best to the metric's latest value. */
  readonly ago: number;
}

/** The best value that was logged, at its first step; null while no value is finite. */
export function bestPoint(summary: MetricSummary, mode: "min" | "max"): BestPoint | null {
  const [value, step] = mode === "min" ? [summary.min, summary.min_step] : [summary.max, summary.max_step];
  return value === null || step === null ? null : { value, step, ago: summary.last_step - step };
}
