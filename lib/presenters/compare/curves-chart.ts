import type { CurveSet, GroupCurve } from "@/lib/contracts/compare";
import { extentOf, placeOn, valueAxis } from "@/lib/presenters/charts/axis";
import type {
  ChartAxis,
  ChartBand,
  ChartLine,
  ChartModel,
  HoverCard,
  ReadyChart,
  ScaleKind,
} from "@/lib/presenters/charts/chart-model";
import { faint, LR_STYLES, solid } from "@/lib/presenters/charts/inks";
import { bandPieces, memberAlpha, ofRuns } from "@/lib/presenters/charts/intervals";
import { nearestIndex } from "@/lib/presenters/charts/step-map";
import { chartCsv, chartTable, type RowPlace, stepRows } from "@/lib/presenters/charts/table";
import { xAxis } from "@/lib/presenters/charts/x-axis";
import { formatInteger, formatLr, formatValue } from "@/lib/presenters/format/number";
import type { CurveStat } from "./view";

export interface CurvesInput {
  readonly set: CurveSet;
  /** By group key, in the order of the legend; groups without one are not drawn. */
  readonly inks: ReadonlyMap<string, string>;
  /** How many runs each group has, whether or not they have the metric. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly stat: CurveStat;
  readonly scale: ScaleKind;
  readonly window: { readonly min: number; readonly max: number };
  readonly width?: number;
  readonly kind?: "value" | "lr";
  readonly total: number;
  /** A value that the axis must show: the target. */
  readonly include?: number | null;
}

const BAND_ALPHA = 0.14;

/** The groups' curves with their spread, single runs faint behind them. Colour means group. */
export function presentCurves(input: CurvesInput): ChartModel {
  const { set, inks, window, kind = "value", scale } = input;
  const groups = [...inks.keys()].flatMap((key) => set.groups.find((group) => group.key === key) ?? []);
  const title = kind === "lr" ? "learning rate" : set.metric;
  if (groups.length === 0) {
    const reason =
      kind === "lr" ? "No run here logs or declares a learning rate." : `No run here logged ${set.metric}.`;
    return { state: "empty", title, reason, remedy: null };
  }
  const left = valueAxis(extentOf(valuesIn(input, groups)), { scale, title, kind });
  return readyCurves(input, groups, xAxis("step", window.min, window.max, input.width ?? 640), left);
}

/** Means and members decide the axis: the interval of two runs may be a hundred times as wide as all the rest. */
function* valuesIn({ set, stat, window, inks, include, kind }: CurvesInput, groups: readonly GroupCurve[]) {
  const inside = (step: number | undefined) => step !== undefined && step >= window.min && step <= window.max;
  for (const group of groups) {
    for (const [i, value] of group[stat].entries()) if (inside(group.step[i])) yield value;
  }
  for (const { key, step, value } of set.members) {
    if (!inks.has(key) || kind === "lr") continue;
    for (const [i, one] of value.entries()) if (one !== null && inside(step[i])) yield one;
  }
  if (include !== null && include !== undefined) yield include;
}

function readyCurves(
  input: CurvesInput,
  groups: readonly GroupCurve[],
  x: ChartAxis,
  left: ChartAxis,
): ReadyChart {
  const { set, inks, sizes, stat, kind = "value", total } = input;
  const counts = new Map(groups.map(({ key, n }) => [key, Math.max(0, ...n)]));
  const runsIn = (key: string) => counts.get(key) ?? 0;
  const ink = (key: string) => solid(inks.get(key) ?? "var(--muted)");
  const rows = stepRows(groups.flatMap(({ step }) => step));
  const steps = rows.places.map(({ step }) => step);
  const columns = groups.map((group) => ({
    head: `${group.label}, ${stat}`,
    at: ({ step }: RowPlace) => {
      const i = nearestIndex(group.step, step);
      return group.step[i] === step ? String(group[stat][i]) : "";
    },
  }));
  const title = left.title;
  const drawn = set.members.filter(({ key }) => inks.has(key));
  return {
    state: "ready",
    title,
    summary: `${title}, ${stat} of ${groups.length === 1 ? "one group" : `${groups.length} groups`} over the steps.`,
    x,
    left,
    right: null,
    lines: [
      ...(kind === "lr"
        ? []
        : drawn.map((member) =>
            memberLine(member, left, faint(ink(member.key), memberAlpha(runsIn(member.key)))),
          )),
      ...groups.map((group) => groupLine(group, stat, left, ink(group.key))),
    ],
    bands: kind === "lr" ? [] : groups.flatMap((group) => bandOf(group, stat, left, ink(group.key))),
    marks: [],
    ranges: [],
    rules: [],
    legend: groups.map(({ key, label, declared }) => ({
      series: key,
      axis: "left",
      label: ofRuns(label, runsIn(key), sizes.get(key) ?? runsIn(key)),
      ink: ink(key),
      dash: dashOf(declared),
      width: 2,
      area: false,
    })),
    table: chartTable(title, rows, columns),
    omitted: omittedOf(groups.length, total, kind === "lr" ? 0 : drawn.length, set.members_total),
    stops: steps,
    stepOf: (at) => at,
    hoverAt: (at) => curvesCard(groups, stat, steps[nearestIndex(steps, at)], ink, kind),
    csv: () => chartCsv(rows, columns),
  };
}

function omittedOf(groups: number, total: number, members: number, runs: number): string | null {
  const parts = [
    groups < total ? `${groups} of ${total} groups` : null,
    members > 0 && members < runs ? `${members} of ${runs} runs` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

function memberLine(
  { key, run_id, step, value }: CurveSet["members"][number],
  axis: ChartAxis,
  ink: ReturnType<typeof solid>,
): ChartLine {
  const points = step.map((x, i) => {
    const y = value[i] ?? null;
    return { x, y: y === null ? null : placeOn(axis, y) };
  });
  const style = { ink, width: 1, dash: [] };
  return { id: `${key}:${run_id}`, series: key, axis: "left", points, ...style, radii: 0 };
}

function groupLine(
  group: GroupCurve,
  stat: CurveStat,
  axis: ChartAxis,
  ink: ReturnType<typeof solid>,
): ChartLine {
  const points = group.step.map((x, i) => ({ x, y: placeOn(axis, group[stat][i] ?? 0) }));
  const radii = points.length === 1 ? [3] : 0;
  return {
    id: group.key,
    series: group.key,
    axis: "left",
    ink,
    width: 2,
    dash: dashOf(group.declared),
    points,
    radii,
  };
}

const dashOf = (declared?: boolean) => LR_STYLES[declared ? "declared" : "actual"].dash;

/** The interval of the mean, or the middle half around the median. */
function bandOf(
  group: GroupCurve,
  stat: CurveStat,
  axis: ChartAxis,
  ink: ReturnType<typeof solid>,
): ChartBand[] {
  const [lows, highs] = stat === "mean" ? [group.low, group.high] : [group.q1, group.q3];
  const placed = (value: number | null | undefined) =>
    typeof value === "number" ? placeOn(axis, value) : null;
  const points = group.step.map((step, i) => ({
    x: step,
    step,
    n: group.n[i] ?? 0,
    low: placed(lows[i]),
    high: placed(highs[i]),
  }));
  const style = { series: group.key, axis: "left" as const, ink: faint(ink, BAND_ALPHA), outlined: false };
  return bandPieces(points).map((area, i) => ({ ...style, id: `${group.key}:band:${i}`, points: area }));
}

function curvesCard(
  groups: readonly GroupCurve[],
  stat: CurveStat,
  step: number | undefined,
  ink: (key: string) => ReturnType<typeof solid>,
  kind: "value" | "lr",
): HoverCard | null {
  if (step === undefined) return null;
  const shown = kind === "lr" ? formatLr : formatValue;
  const found = groups.flatMap((group) => {
    const i = nearestIndex(group.step, step);
    const [at, value, n] = [group.step[i], group[stat][i], group.n[i]];
    if (at === undefined || value === undefined || step > (group.step.at(-1) ?? 0)) return [];
    const [low, high] = [group.low[i] ?? null, group.high[i] ?? null];
    const spread =
      stat === "mean" && low !== null && high !== null ? `95 % ${shown(low)} … ${shown(high)}` : null;
    const note = kind === "lr" ? null : [`n ${n ?? 0}`, spread].filter(Boolean).join(", ");
    const row = {
      series: group.key,
      label: group.label,
      ink: ink(group.key),
      dash: [],
      value: shown(value),
      note,
    };
    return [{ row, x: at, y: value }];
  });
  found.sort((a, b) => a.y - b.y);
  return {
    x: step,
    title: `step ${formatInteger(step)}`,
    rows: found.map(({ row }) => row),
    dots: found.map(({ row, x, y }) => ({ axis: "left", x, y, ink: row.ink })),
    notes: [],
  };
}
