import type { Chart } from "chart.js";
import type { LegendEntry, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { chartSvg } from "@/lib/presenters/charts/svg";
import { createPaint, type Paint } from "./paint";

/** `digits-cnn / s3: val/loss` → `digits-cnn-s3-val-loss.csv` */
const fileName = (title: string, extension: string): string =>
  `${title.replace(/[^A-Za-z0-9.]+/g, "-").replace(/^-+|-+$/g, "") || "chart"}.${extension}`;

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function saveCsv(model: ReadyChart): void {
  save(new Blob([model.csv()], { type: "text/csv;charset=utf-8" }), fileName(model.title, "csv"));
}

/** The picture drawn anew as vectors, in the page's colours; as large as it stands on the page. */
export function saveSvg(chart: Chart<"line">, model: ReadyChart): void {
  const frame = {
    width: chart.width,
    height: chart.height,
    paint: createPaint(),
    font: getComputedStyle(document.body).fontFamily,
  };
  save(new Blob([chartSvg(model, frame)], { type: "image/svg+xml" }), fileName(model.title, "svg"));
}

const HEAD = 48;

/** The picture as it stands, on the page's ground, under its title and legend. */
export function savePng(chart: Chart<"line">, model: ReadyChart): void {
  const source = chart.canvas;
  const ratio = chart.currentDevicePixelRatio;
  const target = document.createElement("canvas");
  target.width = source.width;
  target.height = source.height + HEAD * ratio;
  const context = target.getContext("2d");
  if (!context) return;
  const paint = createPaint();
  context.fillStyle = paint({ css: "var(--ground)", alpha: 1 });
  context.fillRect(0, 0, target.width, target.height);
  context.drawImage(source, 0, HEAD * ratio);
  context.scale(ratio, ratio);
  drawHead(context, model, paint, getComputedStyle(document.body).fontFamily);
  target.toBlob((blob) => blob && save(blob, fileName(model.title, "png")));
}

function drawHead(context: CanvasRenderingContext2D, model: ReadyChart, paint: Paint, font: string): void {
  context.textBaseline = "middle";
  context.fillStyle = paint({ css: "var(--ink)", alpha: 1 });
  context.font = `600 13px ${font}`;
  context.fillText(model.title, 12, 14);
  context.font = `12px ${font}`;
  model.legend.reduce((x, entry) => drawEntry(context, entry, x, paint), 12);
}

function drawEntry(context: CanvasRenderingContext2D, entry: LegendEntry, x: number, paint: Paint): number {
  context.strokeStyle = paint(entry.ink);
  context.lineWidth = entry.area ? 8 : entry.width;
  context.setLineDash([...entry.dash]);
  context.beginPath();
  context.moveTo(x, 36);
  context.lineTo(x + 22, 36);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = paint({ css: "var(--muted)", alpha: 1 });
  context.fillText(entry.label, x + 28, 36);
  return x + 28 + context.measureText(entry.label).width + 16;
}
