import { toNumber } from "@/lib/contracts/wire-number";
import type { RangeTestResult } from "@/lib/contracts/range-test";
import { extentOf, placeOn, valueAxis } from "@/lib/presenters/charts/axis";
import type { ChartModel, ChartRange, ReadyChart, ScaleKind } from "@/lib/presenters/charts/chart-model";
import { QUIET_INK, solid } from "@/lib/presenters/charts/inks";
import { nearestIndex } from "@/lib/presenters/charts/step-map";
import { logTicks, lrTicks, minorLogTicks } from "@/lib/presenters/charts/ticks";
import { csvText } from "@/lib/presenters/format/csv";
import { formatLr, formatValue, fullPrecision } from "@/lib/presenters/format/number";
import { runColor } from "@/lib/presenters/format/run-color";

const TITLE = "loss against learning rate";
/** Share of the curve's height. */
const HEADROOM = 0.25;

/** What each method looks for, as its library documents it. */
const METHODS = {
  valley: { label: "valley", from: "fastai’s default", what: "The middle of the longest fall." },
  slide: { label: "slide", from: "fastai", what: "The end of the fall, before the loss takes off." },
  steep: { label: "steep", from: "fastai", what: "Where the loss falls fastest." },
  minimum: { label: "minimum", from: "fastai", what: "A tenth of the LR with the lowest loss." },
  lightning: { label: "lightning", from: "PyTorch Lightning", what: "The steepest fall against the LR." },
  lightning_log: {
    label: "lightning, log",
    from: "as Lightning, on the axis shown",
    what: "The steepest fall against the logarithm of the LR.",
  },
} as const;

export interface SuggestionRow {
  readonly method: keyof typeof METHODS;
  readonly label: string;
  readonly from: string;
  readonly what: string;
  /** null: too few points for it. */
  readonly lr: number | null;
  readonly recommended: boolean;
}

export function presentSuggestions(result: RangeTestResult): SuggestionRow[] {
  const { suggestions, lightning_log, recommended } = result;
  const found = { ...suggestions, lightning_log };
  const methods = ["valley", "slide", "steep", "minimum", "lightning", "lightning_log"] as const;
  return methods.map((method) => ({
    method,
    ...METHODS[method],
    lr: found[method]?.lr ?? null,
    recommended: recommended?.method === method,
  }));
}

/** Loss over the logarithm of the LR, the zones shaded, the suggestions marked. x is log10 of the LR. */
export function presentRangeChart(result: RangeTestResult, scale: ScaleKind, width: number): ChartModel {
  const { lrs } = result.curve;
  const losses = result.curve.losses.map(toNumber);
  const xs = lrs.map(Math.log10);
  const finite = losses.filter(Number.isFinite);
  const [min, max] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  if (finite.length === 0) {
    return { state: "empty", title: TITLE, reason: "No loss in it is a finite number.", remedy: null };
  }
  const left = valueAxis(withHeadroom(readable(finite), scale), { scale, title: "loss", kind: "value" });
  const ink = solid(runColor(0));
  const cell = (i: number) => [fullPrecision(lrs[i]), fullPrecision(result.curve.losses[i])];
  const rows = lrs.map((_, i) => cell(i));
  return {
    state: "ready",
    title: TITLE,
    summary: result.message,
    x: lrAxis(min, max, width),
    left,
    right: null,
    lines: [
      {
        id: "loss",
        series: "loss",
        axis: "left",
        ink,
        width: 1.75,
        dash: [],
        points: xs.map((x, i) => ({ x, y: shownLoss(losses[i], left) })),
        radii: 0,
      },
    ],
    bands: [],
    marks: xs.flatMap((x, i) => markAt(x, result.curve.losses[i], i)),
    ranges: zonesOf(result, min, max),
    rules: rulesOf(result, min, max, width),
    legend: [{ series: "loss", axis: "left", label: "loss", ink, dash: [], width: 1.75, area: false }],
    table: { caption: TITLE, head: ["lr", "loss"], rows },
    omitted: null,
    stops: xs,
    stepOf: (x) => x,
    hoverAt: (x) => {
      const i = nearestIndex(xs, x);
      const at = xs[i];
      if (at === undefined) return null;
      const loss = losses[i] ?? NaN;
      const value = formatValue(result.curve.losses[i]);
      return {
        x: at,
        title: `lr ${formatLr(lrs[i])}`,
        rows: [{ series: "loss", label: "loss", ink, dash: [], value, note: null }],
        dots: Number.isFinite(loss) ? [{ axis: "left", x: at, y: loss, ink }] : [],
        notes: [],
      };
    },
    csv: () => csvText([["lr", "loss"], ...rows]),
  };
}

/** Room above the curve for the labels. */
function withHeadroom(losses: readonly number[], scale: ScaleKind) {
  const extent = extentOf(losses);
  const { min, max, minPositive } = extent;
  const room = scale === "log" ? max * (max / minPositive) ** HEADROOM : max + (max - min) * HEADROOM;
  return { ...extent, max: room };
}

/** A loss that went through the roof would flatten everything before it; it leaves the picture at the top. */
function readable(losses: readonly number[]): number[] {
  const first = losses[0] ?? 0;
  const low = Math.min(...losses);
  const roof = Math.max(first, low) + 1.5 * Math.max(first - low, Math.abs(low) * 0.1);
  return losses.map((loss) => Math.min(loss, roof));
}

function shownLoss(loss: number | undefined, axis: NonNullable<ReadyChart["left"]>): number | null {
  return loss === undefined || !Number.isFinite(loss) ? null : placeOn(axis, loss);
}

function markAt(x: number, loss: number | string | undefined, i: number): ReadyChart["marks"] {
  if (loss !== "NaN" && loss !== "Infinity" && loss !== "-Infinity") return [];
  return [
    { id: `mark-${i}`, series: "loss", axis: "left", x, value: loss, ink: solid("var(--chart-failed)") },
  ];
}

function lrAxis(min: number, max: number, width: number): ReadyChart["x"] {
  const span = max > min ? max : min + 1;
  const values = logTicks(10 ** min, 10 ** span, Math.max(2, Math.floor(width / 90)));
  const labels = lrTicks(values.filter((value) => width > 480 || /^[15]/.test(value.toExponential())));
  const ticks = labels.map(({ value, label }) => ({ value: Math.log10(value), label }));
  const minor = minorLogTicks(
    10 ** min,
    10 ** span,
    labels.map(({ value }) => value),
  ).map(Math.log10);
  return { scale: "linear", min, max: span, title: "learning rate", ticks, minor, floor: null };
}

const ZONES = [
  { id: "too_low", label: "too low", css: "var(--chart-axis)", alpha: 0.06 },
  { id: "good", label: "good", css: "var(--chart-verified)", alpha: 0.16 },
  { id: "too_high", label: "too high", css: "var(--chart-failed)", alpha: 0.12 },
] as const;

function zonesOf({ zones }: RangeTestResult, min: number, max: number): ChartRange[] {
  if (!zones) return [];
  return ZONES.flatMap(({ id, label, css, alpha }) => {
    const zone = zones[id];
    if (!zone || zone.to <= zone.from) return [];
    const from = Math.max(min, Math.log10(zone.from));
    const to = Math.min(max, Math.log10(zone.to));
    return [{ id, from, to, label, ink: { css, alpha }, lane: 0, anchor: "start" }];
  });
}

/** Pixels of a character of a label, and around its text. */
const CHARACTER = 6.5;
const PADDING = 16;

/** A label stands in the first row under the zones' names in which it meets no other: the methods often agree. */
function rulesOf(result: RangeTestResult, min: number, max: number, width: number): ReadyChart["rules"] {
  const found = presentSuggestions(result)
    .flatMap(({ method, label, lr, recommended }) =>
      lr === null
        ? []
        : [
            {
              method,
              recommended,
              x: Math.log10(lr),
              label: recommended ? `${label} ${formatLr(lr)}` : label,
            },
          ],
    )
    .sort((a, b) => a.x - b.x);
  const taken: { lane: number; from: number; to: number }[] = [];
  return found.map(({ method, label, x, recommended }) => {
    const anchor = x > (min + max) / 2 ? "end" : "start";
    const at = ((x - min) / (max - min || 1)) * width;
    const size = label.length * CHARACTER + PADDING;
    const [from, to] = anchor === "end" ? [at - size, at] : [at, at + size];
    const meets = (lane: number) => taken.some((one) => one.lane === lane && one.from < to && one.to > from);
    let lane = 1;
    while (meets(lane)) lane += 1;
    taken.push({ lane, from, to });
    const ink = recommended ? solid("var(--chart-verified)") : QUIET_INK;
    return { id: method, x, label, ink, dash: recommended ? [] : [3, 3], lane, anchor };
  });
}
