import type { Chart } from "chart.js";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";

/** Drawings that follow one another within this time are one movement; so long after its end all is drawn. */
const PAUSE_MS = 350;
/** Points that a frame of a movement may have. */
const BUDGET = 12_000;
/** What a column of pixels is drawn with at most: its first, lowest, highest and last point. */
const A_COLUMN = 4;

/**
 * While a chart moves, as in a pan, frames matter more than the last pixel: a picture of many lines is drawn in fewer
 * columns, spikes included, and whole again when it has come to rest.
 */
export function createMotion() {
  let last = -Infinity;
  let rest: ReturnType<typeof setTimeout> | undefined;
  return {
    /** Columns to a pixel for this drawing. */
    detail(chart: Chart, { lines }: ReadyChart): number {
      const now = performance.now();
      const moves = now - last < PAUSE_MS;
      last = now;
      clearTimeout(rest);
      const points = lines.reduce((sum, line) => sum + line.points.length, 0);
      if (!moves || points <= BUDGET) return 1;
      rest = setTimeout(() => chart.draw(), PAUSE_MS);
      return Math.min(1, BUDGET / (A_COLUMN * lines.length * chart.chartArea.width));
    },
    stop: () => clearTimeout(rest),
  };
}
