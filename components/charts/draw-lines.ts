import type { ChartLine, ChartPoint } from "@/lib/presenters/charts/chart-model";
import { thinned } from "@/lib/presenters/charts/thin";
import type { Look } from "./look";
import { along, type Stage } from "./stage";

const DIMMED = 0.2;

/** Dims everything but one series; 1 when none is singled out. */
export const emphasis = (series: string, highlight: string | null): number =>
  highlight === null || highlight === series ? 1 : DIMMED;

/**
 * Draws lines. Chart.js would make an element of every point, which a hundred runs have too many of, and takes
 * x for ascending, which a metric on the x axis is not. Later lines lie on top: smoothed over raw, LR over metrics,
 * actual over scheduled; the one singled out over all.
 */
export function drawLines(stage: Stage, lines: readonly ChartLine[], look: Look): void {
  const { ctx } = stage;
  const { highlight } = look;
  const ordered =
    highlight === null
      ? lines
      : [...lines].sort((a, b) => Number(a.series === highlight) - Number(b.series === highlight));
  ctx.save();
  ctx.lineJoin = "round";
  for (const line of ordered) drawLine(stage, line, look);
  ctx.restore();
}

/**
 * Points that are stroked at once. A rasterer takes a path as one shape, and a noisy one of thousands of edges costs it
 * several times what its parts do.
 */
const STROKE = 48;

function drawLine(stage: Stage, line: ChartLine, { paint, highlight }: Look): void {
  const { ctx, x } = stage;
  const y = stage[line.axis];
  if (!y) return;
  const color = paint(line.ink, emphasis(line.series, highlight));
  const toX = along(x);
  const toY = along(y);
  ctx.strokeStyle = color;
  ctx.lineWidth = line.width;
  ctx.setLineDash([...line.dash]);
  // Dashes have to run on, and where two parts of what shows through meet there would be a darker spot.
  const stroke = line.dash.length > 0 || !isOpaque(line, highlight) ? Infinity : STROKE;
  strokePath(ctx, thinned(line.points, x, Math.abs(x.to - x.from) * stage.detail), toX, toY, stroke);
  if (typeof line.radii === "number") return;
  ctx.fillStyle = color;
  drawDots(ctx, line.points, line.radii, toX, toY);
}

const isOpaque = ({ ink, series }: ChartLine, highlight: string | null): boolean =>
  ink.alpha * emphasis(series, highlight) === 1;

/** Unbroken stretches as lines, in strokes of so many points. */
function strokePath(
  ctx: CanvasRenderingContext2D,
  points: readonly ChartPoint[],
  toX: (value: number) => number,
  toY: (value: number) => number,
  most: number,
): void {
  let drawn = 0;
  ctx.beginPath();
  for (const { x, y } of points) {
    if (y === null) {
      ctx.stroke();
      ctx.beginPath();
      drawn = 0;
      continue;
    }
    const [px, py] = [toX(x), toY(y)];
    if (drawn === 0) ctx.moveTo(px, py);
    else ctx.lineTo(px, py);
    drawn += 1;
    if (drawn < most) continue;
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(px, py);
    drawn = 1;
  }
  ctx.stroke();
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
