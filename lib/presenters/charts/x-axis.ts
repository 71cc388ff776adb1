import { isNamedX, metricOfX, type NamedX, type XAxis } from "@/lib/contracts/words";
import type { ChartAxis, Range, Tick } from "./chart-model";
import { linearTicks, stepTicks, valueTicks } from "./ticks";
import { relativeTicks, wallTicks } from "./time-ticks";

const TITLES: Record<NamedX, string> = {
  step: "step",
  epoch: "epoch",
  relative: "time since start",
  time: "wall time (UTC)",
  lr_sum: "cumulative LR",
  samples: "samples",
};

/** What an x axis is called; a metric by its key. */
export const xTitle = (x: XAxis): string => (isNamedX(x) ? TITLES[x] : (metricOfX(x) ?? x));

/** The bottom axis, exactly from `min` to `max`: what is zoomed to is what is seen. A single place stands in the middle. */
export function xAxis(kind: XAxis, min: number, max: number, width: number): ChartAxis {
  const count = Math.max(2, Math.floor(width / 90));
  const [from, to] = max > min ? [min, max] : [min - 0.5, min + 0.5];
  const ticks = isCounted(kind)
    ? withLast(xTicks(kind, from, to, count), { min: from, max: to }, width)
    : xTicks(kind, from, to, count);
  return { scale: "linear", min: from, max: to, title: xTitle(kind), ticks, minor: [], floor: null };
}

const isCounted = (kind: XAxis): boolean => kind === "step" || kind === "samples";

/** Pixels that two labels need between their middles. */
const LABEL = 48;

/** With a tick at the last step, in place of those that it would run into. */
function withLast(ticks: readonly Tick[], { min, max }: Range, width: number): Tick[] {
  if (!Number.isInteger(max)) return [...ticks];
  const apart = ((max - min) / width) * LABEL;
  const values = ticks.flatMap(({ value }) => (max - value < apart ? [] : [value]));
  return stepTicks([...values, max]);
}

function xTicks(kind: XAxis, min: number, max: number, count: number): Tick[] {
  switch (kind) {
    case "step":
    case "samples":
      return stepTicks(linearTicks(min, max, count));
    case "relative":
      return relativeTicks(min, max, count);
    case "time":
      return wallTicks(min, max, count);
    default:
      return valueTicks(linearTicks(min, max, count));
  }
}
