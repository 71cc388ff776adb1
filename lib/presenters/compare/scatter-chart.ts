import type { CompareResponse } from "@/lib/contracts/compare";
import { extentOf, valueAxis } from "@/lib/presenters/charts/axis";
import type {
  ChartAxis,
  ChartLine,
  ChartModel,
  HoverCard,
  ReadyChart,
} from "@/lib/presenters/charts/chart-model";
import { solid } from "@/lib/presenters/charts/inks";
import { nearestIndex } from "@/lib/presenters/charts/step-map";
import { csvText } from "@/lib/presenters/format/csv";
import { formatValue } from "@/lib/presenters/format/number";
import { type Dimension, isRate, scaled } from "./dimensions";
import { groupLabels } from "./interval-plot";

interface Dot {
  readonly name: string;
  readonly label: string;
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const RADIUS = 4;

/** The value of each run over something that the runs differ in. Logarithmic where the values span decades. */
export function presentScatter(
  answer: CompareResponse,
  dimension: Dimension,
  inks: ReadonlyMap<string, string>,
): ChartModel {
  const title = `${answer.at} ${answer.metric} over ${dimension.label}`;
  const { places, log, words } = scaled(dimension);
  const dots = answer.runs.flatMap((run, i): Dot[] => {
    const x = places[i] ?? null;
    if (x === null || run.value === null) return [];
    const text = String(dimension.values[i]);
    return [
      {
        name: run.name,
        label: groupLabels(answer.groups, run),
        key: run.groups[0] ?? "",
        x,
        y: run.value,
        text,
      },
    ];
  });
  if (dots.length === 0)
    return {
      state: "empty",
      title,
      reason: `No run has both a value and a ${dimension.label}.`,
      remedy: null,
    };
  const left = valueAxis(extentOf(dots.map(({ y }) => y)), {
    scale: scaled({ values: dots.map(({ y }) => y) }).log ? "log" : "linear",
    title: answer.metric,
    kind: "value",
  });
  const ink = (key: string) => solid(inks.get(key) ?? "var(--muted)");
  const keys = [...new Set(dots.map(({ key }) => key))];
  const stops = [...new Set(dots.map(({ x }) => x))].sort((a, b) => a - b);
  const dropped = answer.runs.length - dots.length;
  return {
    state: "ready",
    title,
    summary: `${dots.length} runs, one dot each.`,
    x: bottomAxis(dots, dimension, log, words),
    left,
    right: null,
    lines: keys.map((key) => ({
      id: key,
      series: key,
      axis: "left",
      ink: { ...ink(key), alpha: 0.85 },
      width: 0,
      dash: [],
      ...apart(dots.filter((dot) => dot.key === key)),
    })),
    bands: [],
    marks: [],
    ranges: [],
    rules: [],
    legend: keys.map((key) => ({
      series: key,
      axis: "left",
      label: dots.find((dot) => dot.key === key)?.label ?? "",
      ink: ink(key),
      dash: [],
      width: 2,
      area: true,
    })),
    ...filesOf(title, dots, dimension.label, answer.metric),
    omitted: dropped === 0 ? null : `${dots.length} of ${answer.runs.length} runs`,
    stops,
    stepOf: () => null,
    hoverAt: (x) => cardAt(dots, stops[nearestIndex(stops, x)], dimension.label, ink),
  };
}

/** Each by itself: a gap follows each dot, so that no line joins two of them. */
const apart = (dots: readonly Dot[]): Pick<ChartLine, "points" | "radii"> => ({
  points: dots.flatMap(({ x, y }) => [
    { x, y },
    { x, y: null },
  ]),
  radii: dots.flatMap(() => [RADIUS, 0]),
});

/** The dots as a table and as comma-separated values, from left to right. */
function filesOf(
  title: string,
  dots: readonly Dot[],
  x: string,
  y: string,
): Pick<ReadyChart, "table" | "csv"> {
  const head = ["run", x, y];
  const rows = [...dots]
    .sort((a, b) => a.x - b.x || a.y - b.y)
    .map((dot) => [dot.name, dot.text, String(dot.y)]);
  return { table: { caption: title, head, rows }, csv: () => csvText([head, ...rows]) };
}

/** With room at both ends, so that no dot lies on the edge. */
function bottomAxis(
  dots: readonly Dot[],
  dimension: Dimension,
  log: boolean,
  words: readonly string[],
): ChartAxis {
  const title = dimension.label;
  if (words.length > 0) {
    const ticks = words.map((label, value) => ({ value, label: label.slice(0, 18) }));
    return { scale: "linear", min: -0.5, max: words.length - 0.5, title, ticks, minor: [], floor: null };
  }
  const kind = isRate(dimension) ? "lr" : "value";
  const axis = valueAxis(extentOf(dots.map(({ x }) => x)), { scale: log ? "log" : "linear", title, kind });
  const room = (axis.max - axis.min) * 0.04;
  return log
    ? { ...axis, min: axis.min / 1.15, max: axis.max * 1.15 }
    : { ...axis, min: axis.min - room, max: axis.max + room };
}

const MOST_ROWS = 10;

function cardAt(
  dots: readonly Dot[],
  x: number | undefined,
  label: string,
  ink: (key: string) => ReturnType<typeof solid>,
): HoverCard | null {
  if (x === undefined) return null;
  const here = dots.filter((dot) => dot.x === x).sort((a, b) => a.y - b.y);
  return {
    x,
    title: `${label} ${here[0]?.text ?? ""}`,
    rows: here.slice(0, MOST_ROWS).map(({ name, key, y }) => ({
      series: name,
      label: name,
      ink: ink(key),
      dash: [],
      value: formatValue(y),
      note: null,
    })),
    dots: here.map(({ key, y }) => ({ axis: "left", x, y, ink: ink(key) })),
    notes: here.length > MOST_ROWS ? [`${MOST_ROWS} of ${here.length} runs`] : [],
  };
}
