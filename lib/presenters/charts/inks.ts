import type { ControlStatus } from "@/lib/contracts/control";
import type { Ink } from "./chart-model";

/** Colour means run, its shade the metric; the learning rate and each kind of warning have inks of their own. */
export const solid = (css: string): Ink => ({ css, alpha: 1 });
export const faint = (ink: Ink, alpha: number): Ink => ({ css: ink.css, alpha: ink.alpha * alpha });

/** Of a label's own colour; the rest is the colour of text, since a line's 3:1 on its ground is too little to read. */
export const WORD_SHARE = 55;

/** A mark's ink for its label. */
export const wordInk = ({ css }: Ink): Ink => solid(`color-mix(in oklab, ${css} ${WORD_SHARE}%, var(--ink))`);

/** What a label lies on, over lines that go through under it. */
export const LABEL_GROUND: Ink = { css: "var(--ground)", alpha: 0.9 };

export const LR_INK = solid("var(--chart-lr)");
export const DRIFT_INK = solid("var(--chart-drift)");
export const QUIET_INK = solid("var(--chart-axis)");

export const RAW_ALPHA = 0.25;
export const ENVELOPE_ALPHA = 0.12;
export const DRIFT_ALPHA = 0.22;

/** What a line's dashes say, in every chart, table and picture: nothing else is told by them. */
export const LR_STYLES = {
  actual: { width: 1.75, dash: [] },
  declared: { width: 1.5, dash: [6, 4] },
  effective: { width: 1.5, dash: [8, 3, 2, 3] },
} as const;

/** The same for an SVG's `stroke-dasharray`, `scale` times as long. */
export const dashText = (which: keyof typeof LR_STYLES, scale = 1): string =>
  LR_STYLES[which].dash.map((pixels) => pixels * scale).join(" ");

/** How much of the run's colour each metric keeps; the rest is the grey of secondary text, safe on either ground. */
const METRIC_SHARES = [100, 30, 65, 10] as const;

export interface MetricStyle {
  readonly ink: Ink;
  readonly dash: readonly number[];
  readonly width: number;
}

/** The style of the `index`-th metric of a run: another shade of the run's own colour, the first one the boldest. */
export function metricStyle(runCss: string, index: number): MetricStyle {
  const share = METRIC_SHARES[index % METRIC_SHARES.length] ?? 100;
  const css = share === 100 ? runCss : `color-mix(in oklab, ${runCss} ${share}%, var(--muted))`;
  return { ink: solid(css), dash: [], width: index === 0 ? 1.75 : 1.25 };
}

const STATUS_CSS: Record<ControlStatus, string> = {
  recommended: "var(--chart-recommended)",
  approved: "var(--chart-inflight)",
  delivered: "var(--chart-inflight)",
  applied: "var(--chart-inflight)",
  verified: "var(--chart-verified)",
  rejected: "var(--chart-axis)",
  expired: "var(--chart-axis)",
  superseded: "var(--chart-axis)",
  withdrawn: "var(--chart-axis)",
  failed: "var(--chart-failed)",
  rolled_back: "var(--chart-failed)",
};

/** Requests that came to nothing: the crosshair tells them, the picture only hints. */
const MOOT: readonly ControlStatus[] = ["rejected", "expired", "superseded", "withdrawn"];

export const isMoot = (status: ControlStatus): boolean => MOOT.includes(status);
export const statusInk = (status: ControlStatus): Ink => solid(STATUS_CSS[status]);
export const statusWord = (status: ControlStatus): string => status.replace("_", " ");
