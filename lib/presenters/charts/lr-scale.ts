import { toNumber } from "@/lib/contracts/wire-number";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import type { ScaleKind } from "./chart-model";

/** A run this many times as high as the one in the middle leaves the others no height on a linear axis. */
const FLATTENS = 10;

/** The LR axis of several runs when the reader did not choose: log when one run would flatten the others. */
export function defaultLrScale(series: SeriesResponse["series"], key: string | null): ScaleKind {
  const peaks = series
    .flatMap((one) =>
      one.key === key ? [Math.max(0, ...one.points.map(({ max, last }) => max ?? toNumber(last)))] : [],
    )
    .filter((peak) => Number.isFinite(peak) && peak > 0)
    .sort((a, b) => a - b);
  const middle = peaks[Math.floor((peaks.length - 1) / 2)] ?? 0;
  return (peaks.at(-1) ?? 0) > FLATTENS * middle ? "log" : "linear";
}
