import type { MetricSeries, SeriesPoint } from "@/lib/contracts/metrics";
import type { LrCurve, Overlay } from "@/lib/contracts/overlay";
import type { OverlayFrame } from "@/lib/presenters/charts/overlay";
import { DEFAULT_VIEW } from "@/lib/presenters/charts/view";

/** One observation at its step, by steps. */
export const point = (
  step: number,
  value: SeriesPoint["last"],
  more: Partial<SeriesPoint> = {},
): SeriesPoint => {
  const finite = typeof value === "number" ? value : null;
  return { x: step, step, last: value, min: finite, max: finite, mean: finite, count: 1, ...more };
};

export const series = (key: string, points: SeriesPoint[], level = 0): MetricSeries => ({
  key,
  level,
  points,
});

export const curve = (lrs: readonly number[], from = 0): LrCurve => {
  const steps = lrs.map((_, i) => from + i);
  return { steps, x: steps, lrs: [[...lrs]] };
};

export const overlay = (more: Partial<Overlay> = {}): Overlay => ({
  run_id: "r1",
  x: "step",
  from: 0,
  to: 9,
  last_step: 9,
  metrics: [],
  lr: { key: null, declared: null, effective: null, actual: null },
  drift: [],
  events: [],
  audit: { verdict: "no_schedule", findings: [], offset: null, max_relative_error: null },
  ...more,
});

export const frame = (more: Partial<OverlayFrame> = {}): OverlayFrame => ({
  view: { ...DEFAULT_VIEW, smoothing: 0 },
  extent: { from: 0, to: 9 },
  runName: "s0",
  runCss: "var(--run-0)",
  width: 900,
  ...more,
});

export const ramp = (count: number, at: (i: number) => number): SeriesPoint[] =>
  Array.from({ length: count }, (_, i) => point(i, at(i)));
