import type { Chart } from "chart.js";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { PICTURE_FOOT, pictureHead, type PictureHead } from "@/lib/presenters/charts/picture-head";
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

/** The picture as it stands, on the page's ground, under its title and legend and with its axes named. */
export function savePng(chart: Chart<"line">, model: ReadyChart): void {
  const source = chart.canvas;
  const ratio = chart.currentDevicePixelRatio;
  const target = document.createElement("canvas");
  const context = target.getContext("2d");
  if (!context) return;
  const font = getComputedStyle(document.body).fontFamily;
  context.font = `12px ${font}`;
  const head = pictureHead(model, chart.width, (text) => context.measureText(text).width);
  // A large chart names its axes itself.
  const named = chart.options.scales?.x?.title?.display === true;
  const foot = named ? 0 : PICTURE_FOOT;
  target.width = source.width;
  target.height = source.height + (head.height + foot) * ratio;
  const paint = createPaint();
  context.fillStyle = paint({ css: "var(--ground)", alpha: 1 });
  context.fillRect(0, 0, target.width, target.height);
  context.drawImage(source, 0, head.height * ratio);
  context.scale(ratio, ratio);
  drawHead(context, named ? { ...head, axes: [] } : head, paint, font);
  const { left, right } = chart.chartArea;
  context.textAlign = "center";
  if (!named) context.fillText(model.x.title, (left + right) / 2, head.height + chart.height + foot / 2);
  target.toBlob((blob) => blob && save(blob, fileName(model.title, "png")));
}

function drawHead(context: CanvasRenderingContext2D, head: PictureHead, paint: Paint, font: string): void {
  context.textBaseline = "middle";
  context.fillStyle = paint({ css: "var(--ink)", alpha: 1 });
  context.font = `600 13px ${font}`;
  context.fillText(head.title.text, head.title.x, head.title.y);
  context.font = `12px ${font}`;
  context.fillStyle = paint({ css: "var(--muted)", alpha: 1 });
  for (const { entry, swatch, text, x, y } of head.entries) {
    context.strokeStyle = paint(entry.ink);
    context.lineWidth = entry.area ? 8 : entry.width;
    context.setLineDash([...entry.dash]);
    context.beginPath();
    context.moveTo(swatch, y);
    context.lineTo(swatch + 22, y);
    context.stroke();
    context.fillText(text, x, y);
  }
  context.setLineDash([]);
  context.font = `11px ${font}`;
  for (const { text, x, y, anchor } of head.axes) {
    context.textAlign = anchor;
    context.fillText(text, x, y);
  }
}
