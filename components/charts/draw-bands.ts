import type { ChartBand } from "@/lib/presenters/charts/chart-model";
import { emphasis } from "./draw-lines";
import type { Look } from "./look";
import { along, type Stage } from "./stage";

/** Draws areas between two curves. */
export function drawBands(stage: Stage, bands: readonly ChartBand[], look: Look): void {
  for (const band of bands) drawBand(stage, band, look);
}

function drawBand(stage: Stage, band: ChartBand, { paint, highlight }: Look): void {
  const { ctx, x } = stage;
  const y = stage[band.axis];
  if (!y || band.points.length === 0) return;
  const [toX, toY] = [along(x), along(y)];
  ctx.beginPath();
  for (const point of band.points) ctx.lineTo(toX(point.x), toY(point.high));
  for (let i = band.points.length - 1; i >= 0; i -= 1) {
    const point = band.points[i];
    if (point) ctx.lineTo(toX(point.x), toY(point.low));
  }
  ctx.closePath();
  ctx.fillStyle = paint(band.ink, emphasis(band.series, highlight));
  ctx.fill();
  if (!band.outlined) return;
  ctx.strokeStyle = paint(band.ink, emphasis(band.series, highlight) * 2);
  ctx.lineWidth = 1;
  ctx.stroke();
}
