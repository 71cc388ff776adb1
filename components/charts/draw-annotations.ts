import type { Chart } from "chart.js";
import type { ChartRange, ChartRule, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { LABEL_GROUND, wordInk } from "@/lib/presenters/charts/inks";
import type { Look } from "./look";

const LANE = 18;
const LABEL = { height: 17, padding: 4, offset: 2 };

/** Shaded stretches, which lie below the lines. */
export function drawRanges(chart: Chart, ranges: readonly ChartRange[], { paint }: Look): void {
  const { ctx, chartArea, scales } = chart;
  if (!scales.x) return;
  for (const { from, to, ink } of ranges) {
    const left = scales.x.getPixelForValue(from);
    ctx.fillStyle = paint(ink);
    ctx.fillRect(left, chartArea.top, scales.x.getPixelForValue(to) - left, chartArea.height);
  }
}

/** Upright lines above the plotted ones, and over all of it the words of both, each near the top edge. */
export function drawRules(chart: Chart, { ranges, rules }: ReadyChart, look: Look): void {
  const { ctx, chartArea, scales } = chart;
  if (!scales.x) return;
  for (const { x, ink, dash } of rules) {
    const at = scales.x.getPixelForValue(x);
    ctx.strokeStyle = look.paint(ink);
    ctx.lineWidth = 1.25;
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(at, chartArea.top);
    ctx.lineTo(at, chartArea.bottom);
    ctx.stroke();
  }
  ctx.font = `500 11px ${look.font}`;
  ctx.textBaseline = "middle";
  for (const range of ranges) drawWords(chart, range, scales.x.getPixelForValue(range.from), look);
  for (const rule of rules) drawWords(chart, rule, scales.x.getPixelForValue(rule.x), look);
}

function drawWords(chart: Chart, of: ChartRange | ChartRule, x: number, { paint }: Look): void {
  if (!of.label) return;
  const { ctx, chartArea } = chart;
  const width = ctx.measureText(of.label).width + 2 * LABEL.padding;
  const at = Math.max(x, chartArea.left);
  const left = of.anchor === "start" ? at + LABEL.offset : at - LABEL.offset - width;
  const top = chartArea.top + of.lane * LANE;
  ctx.fillStyle = paint(LABEL_GROUND);
  ctx.fillRect(left, top, width, LABEL.height);
  ctx.fillStyle = paint(wordInk(of.ink));
  ctx.fillText(of.label, left + LABEL.padding, top + LABEL.height / 2);
}
