import "server-only";
import { estimateStall } from "@/lib/domain/plateau/backtest-stall";
import type { MetricMode } from "@/lib/domain/plateau/plateau-policy";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { observationPages } from "./observation-pages";

export interface ReadCurve {
  checks: number;
  /** `check` counts all checks, those that are not finite too. */
  stall: { step: number; check: number; material: number; noise: number } | null;
}

/** How long a series is and where it stalled. */
export async function readCurve(store: MetricStore, row: SeriesRow, mode: MetricMode): Promise<ReadCurve> {
  const values: number[] = [];
  const finite: { step: number; check: number }[] = [];
  for await (const page of observationPages(store, row)) {
    for (const { step, value } of page) {
      if (Number.isFinite(value)) finite.push({ step, check: values.length });
      values.push(value);
    }
  }
  const stall = estimateStall(values, mode);
  const at = stall && finite[stall.index];
  return {
    checks: values.length,
    stall: at ? { ...at, material: stall.material, noise: stall.noise } : null,
  };
}
