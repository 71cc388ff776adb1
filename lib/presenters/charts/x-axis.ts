import { isNamedX, metricOfX, type NamedX, type XAxis } from "@/lib/contracts/words";
import type { ChartAxis, Tick } from "./chart-model";
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
  const ticks = xTicks(kind, from, to, count);
  return { scale: "linear", min: from, max: to, title: xTitle(kind), ticks, floor: null };
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
