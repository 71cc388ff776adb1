import type { Chart, Scale } from "chart.js";
import type { ChartLine, ChartPoint, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { thinned } from "@/lib/presenters/charts/thin";
import type { Look } from "./look";

const DIMMED = 0.2;

/** Dims everything but one series; 1 when none is singled out. */
export const emphasis = (series: string, highlight: string | null): number =>
  highlight === null || highlight === series ? 1 : DIMMED;

/**
 * Draws a model's lines. Chart.js would make an element of every point, which a hundred runs have too many of, and takes
 * x for ascending, which a metric on the x axis is not. Later lines lie on top: smoothed over raw, LR over metrics,
 * actual over scheduled; the one singled out over all. `detail`: columns to a pixel that a line is drawn in, 1 or fewer.
 */
export function drawLines(chart: Chart, model: ReadyChart, look: Look, detail: number): void {
  const { ctx } = chart;
  const { highlight } = look;
  const lines =
    highlight === null
      ? model.lines
      : [...model.lines].sort((a, b) => Number(a.series === highlight) - Number(b.series === highlight));
  ctx.save();
  ctx.lineJoin = "round";
  for (const line of lines) drawLine(chart, line, look, detail);
  ctx.restore();
}

function drawLine(chart: Chart, line: ChartLine, { paint, highlight }: Look, detail: number): void {
  const [x, y] = [chart.scales.x, chart.scales[line.axis]];
  if (!x || !y) return;
  const { ctx } = chart;
  const color = paint(line.ink, emphasis(line.series, highlight));
  const toX = along(x);
  const toY = along(y);
  ctx.strokeStyle = color;
  ctx.lineWidth = line.width;
  ctx.setLineDash([...line.dash]);
  ctx.beginPath();
  let down = false;
  for (const point of thinned(line.points, { min: x.min, max: x.max }, x.width * detail)) {
    if (point.y === null) down = false;
    else if (down) ctx.lineTo(toX(point.x), toY(point.y));
    else {
      ctx.moveTo(toX(point.x), toY(point.y));
      down = true;
    }
  }
  ctx.stroke();
  if (typeof line.radii === "number") return;
  ctx.fillStyle = color;
  drawDots(ctx, line.points, line.radii, toX, toY);
}

function drawDots(
  ctx: CanvasRenderingContext2D,
  points: readonly ChartPoint[],
  radii: readonly number[],
  toX: (value: number) => number,
  toY: (value: number) => number,
): void {
  points.forEach(({ x, y }, i) => {
    const radius = radii[i] ?? 0;
    if (y === null || radius === 0) return;
    ctx.beginPath();
    ctx.arc(toX(x), toY(y), radius, 0, 2 * Math.PI);
    ctx.fill();
  });
}

/** What `getPixelForValue` gives, without asking anew for each of a hundred thousand points what it is made of. */
export function along(scale: Scale): (value: number) => number {
  const { min, max } = scale;
  const [from, to] = [scale.getPixelForValue(min), scale.getPixelForValue(max)];
  if (scale.type === "logarithmic") {
    const size = (to - from) / Math.log(max / min);
    // What lies at or under zero outside of what is shown has no floor there: it leaves at the bottom.
    return (value) => (value > 0 ? from + Math.log(value / min) * size : from);
  }
  const size = (to - from) / (max - min);
  return (value) => from + (value - min) * size;
}
