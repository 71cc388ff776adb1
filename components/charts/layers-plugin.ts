import type { Chart, Plugin } from "chart.js";
import type { ChartMark, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { drawRanges, drawRules } from "./draw-annotations";
import { drawBands } from "./draw-bands";
import { drawLines, emphasis } from "./draw-lines";
import type { Look } from "./look";
import { createMotion } from "./motion";
import { createMovingPicture } from "./moving-picture";
import { stageOf } from "./stage";

/** The plot's box inside the canvas, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Layers {
  readonly plugin: Plugin<"line">;
  /** What the next draw draws. */
  show: (model: ReadyChart, look: Look) => void;
}

/**
 * All that lies in the plot but the grid: shaded stretches, the floor of a log axis, areas between two curves, the lines
 * over them, named moments, triangles for values without a place on the axis. `onArea` hears where the plot lies after
 * each layout.
 */
export function createLayers(onArea: (area: PlotArea) => void): Layers {
  let shown: { model: ReadyChart; look: Look } | null = null;
  const motion = createMotion();
  const picture = createMovingPicture();
  const plugin: Plugin<"line"> = {
    id: "layers",
    afterLayout: ({ chartArea: { left, right, top, bottom } }) => onArea({ left, right, top, bottom }),
    beforeDatasetsDraw: (chart) => {
      const stage = stageOf(chart);
      if (!shown || !stage) return;
      const { model, look } = shown;
      clipped(chart, () => {
        drawRanges(chart, model.ranges, look);
        drawFloors(chart, model, look);
        if (motion.moves(chart, model))
          return picture.show(stage, model, look, chart.currentDevicePixelRatio);
        picture.drop();
        drawBands(stage, model.bands, look);
        drawLines(stage, model.lines, look);
      });
    },
    beforeDestroy: () => motion.stop(),
    afterDatasetsDraw: (chart) => {
      if (!shown) return;
      const { model, look } = shown;
      drawMinorTicks(chart, model, look);
      clipped(chart, () => drawRules(chart, model, look));
      drawMarks(chart, model.marks, look);
    },
  };
  return {
    plugin,
    show: (model, look) => {
      shown = { model, look };
    },
  };
}

function clipped(chart: Chart, draw: () => void): void {
  const { left, top, right, bottom } = chart.chartArea;
  chart.ctx.save();
  chart.ctx.beginPath();
  // Half a line's width beyond the plot: what runs along its edge is drawn whole.
  chart.ctx.rect(left - 1, top - 1, right - left + 2, bottom - top + 2);
  chart.ctx.clip();
  draw();
  chart.ctx.restore();
}

/** Everything at or under zero lies on this line; the axis says so. */
function drawFloors(chart: Chart, model: ReadyChart, { paint }: Look): void {
  const { ctx, chartArea } = chart;
  for (const id of ["left", "right"] as const) {
    const [floor, scale] = [model[id]?.floor, chart.scales[id]];
    if (floor === null || floor === undefined || !scale) continue;
    const y = Math.round(scale.getPixelForValue(floor)) - 0.5;
    ctx.strokeStyle = paint({ css: "var(--chart-axis)", alpha: 0.7 });
    ctx.lineWidth = 1;
    ctx.setLineDash([1, 3]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, y);
    ctx.lineTo(chartArea.right, y);
    ctx.stroke();
    ctx.setLineDash([]);
  }
}

const MINOR = 3;

/** Short lines inside the frame, at the axis that they belong to. */
function drawMinorTicks({ ctx, chartArea, scales }: Chart, model: ReadyChart, { paint }: Look): void {
  ctx.strokeStyle = paint({ css: "var(--chart-axis)", alpha: 0.7 });
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const id of ["left", "right"] as const) {
    const from = id === "left" ? chartArea.left : chartArea.right - MINOR;
    for (const value of model[id]?.minor ?? []) {
      const y = scales[id]?.getPixelForValue(value) ?? NaN;
      ctx.moveTo(from, y);
      ctx.lineTo(from + MINOR, y);
    }
  }
  for (const value of model.x.minor) {
    const x = scales.x?.getPixelForValue(value) ?? NaN;
    ctx.moveTo(x, chartArea.bottom - MINOR);
    ctx.lineTo(x, chartArea.bottom);
  }
  ctx.stroke();
}

const SIDE = 5;

/** Triangles side by side where they would lie on each other: a stretch of NaN is a row of them, not a bar. */
function drawMarks(chart: Chart, marks: readonly ChartMark[], look: Look): void {
  const scale = chart.scales.x;
  if (!scale) return;
  const { left, right } = chart.chartArea;
  const drawn = new Map<string, number>();
  for (const mark of marks) {
    const x = scale.getPixelForValue(mark.x);
    const row = `${mark.series} ${mark.value}`;
    if (x < left || x > right || x - (drawn.get(row) ?? -Infinity) < 2 * SIDE + 2) continue;
    drawn.set(row, x);
    drawMark(chart, mark, x, look);
  }
}

/** +∞ points up at the top edge, −∞ down at the bottom edge, NaN stands on the bottom edge. */
function drawMark(chart: Chart, mark: ChartMark, x: number, { paint, highlight }: Look): void {
  const { top, bottom } = chart.chartArea;
  const tip = mark.value === "Infinity" ? top : mark.value === "NaN" ? bottom - 2 * SIDE : bottom;
  const base = mark.value === "-Infinity" ? bottom - 2 * SIDE : tip + 2 * SIDE;
  const { ctx } = chart;
  ctx.beginPath();
  ctx.moveTo(x, tip);
  ctx.lineTo(x - SIDE, base);
  ctx.lineTo(x + SIDE, base);
  ctx.closePath();
  ctx.fillStyle = paint(mark.ink, emphasis(mark.series, highlight));
  ctx.fill();
}
