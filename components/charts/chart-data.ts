import type { ChartData, ChartDataset } from "chart.js";
import type { ChartLine, ReadyChart } from "@/lib/presenters/charts/chart-model";
import type { Paint } from "./paint";

type Point = { x: number; y: number | null };
export type LineData = ChartData<"line", Point[]>;

const DIMMED = 0.2;

/** Dims everything but one series; 1 when none is singled out. */
export const emphasis = (series: string, highlight: string | null): number =>
  highlight === null || highlight === series ? 1 : DIMMED;

/** Chart.js sorts and keeps datasets by this id, so a live update moves points instead of building lines anew. */
export function lineData(model: ReadyChart, paint: Paint, highlight: string | null): LineData {
  return { datasets: model.lines.map((line, i) => dataset(line, i, paint, highlight)) };
}

function dataset(
  line: ChartLine,
  index: number,
  paint: Paint,
  highlight: string | null,
): ChartDataset<"line", Point[]> {
  const color = paint(line.ink, emphasis(line.series, highlight));
  const identity = { id: line.id, label: line.id };
  return {
    ...identity,
    data: [...line.points],
    yAxisID: line.axis,
    borderColor: color,
    backgroundColor: color,
    borderWidth: line.width,
    borderDash: [...line.dash],
    borderJoinStyle: "round",
    pointRadius: typeof line.radii === "number" ? line.radii : [...line.radii],
    pointBorderWidth: 0,
    // Later lines lie on top: smoothed over raw, LR over metrics, actual over scheduled.
    order: -index,
  };
}
