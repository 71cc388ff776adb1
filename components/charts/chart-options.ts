import type { ChartOptions, ScaleOptionsByType } from "chart.js";
import type { ChartAxis, Ink, ReadyChart } from "@/lib/presenters/charts/chart-model";
import type { Look } from "./look";

const GRID: Ink = { css: "var(--chart-grid)", alpha: 1 };
const AXIS: Ink = { css: "var(--chart-axis)", alpha: 1 };

/** Pixels kept for the labels whatever they say, so that the plot stays where it is while the numbers change. */
const gutter = (compact: boolean): number => (compact ? 50 : 56 + NAME);
/** What the name of an axis takes. */
const NAME = 16;
/** A longer name is cut: the legend has it in full. */
const MOST_NAME = 40;

export function lineOptions(model: ReadyChart, look: Look): ChartOptions<"line"> {
  const main = model.left ? "left" : "right";
  return {
    animation: false,
    parsing: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: 8, right: model.right ? 0 : 16, left: model.left ? 0 : 16, bottom: 0 } },
    scales: {
      x: { ...scale(model.x, look), position: "bottom", grid: { display: false } },
      left: valueScale(model.left, look, "left", main === "left"),
      right: valueScale(model.right, look, "right", main === "right"),
    },
  };
}

type ScaleOptions = Partial<ScaleOptionsByType<"linear">> & Partial<ScaleOptionsByType<"logarithmic">>;

const short = (name: string): string => (name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name);

function scale(axis: ChartAxis, { paint, font, compact }: Look) {
  const labels = new Map(axis.ticks.map((tick) => [tick.value, tick.label]));
  return {
    type: axis.scale === "log" ? ("logarithmic" as const) : ("linear" as const),
    min: axis.min,
    max: axis.max,
    border: { display: false },
    // A small chart has its name over it, and its x under the large one.
    title: {
      display: !compact,
      text: short(axis.title),
      color: paint(AXIS),
      font: { family: font, size: 11 },
      padding: 0,
    },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = axis.ticks.map(({ value }) => ({ value }));
    },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: paint(AXIS),
      font: { family: font, size: 11 },
      padding: 6,
      callback: (value: string | number) => labels.get(Number(value)) ?? "",
    },
  };
}

function valueScale(axis: ChartAxis | null, look: Look, position: "left" | "right", grid: boolean) {
  if (!axis) return { display: false, position };
  const width = gutter(look.compact);
  return {
    ...scale(axis, look),
    position,
    afterFit: (fitted: { width: number }) => {
      fitted.width = width;
    },
    grid: { display: grid, color: look.paint(GRID), drawTicks: false },
  } satisfies ScaleOptions | object;
}
