import type { Chart } from "chart.js";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { samePoints } from "./moving-picture";

/** Drawings that follow one another within this time are one movement; so long after its end all is drawn. */
const PAUSE_MS = 350;
/** Points that are drawn anew in every frame without its being felt. */
const FEW = 12_000;

/** Tells movements, as a pan, in which frames matter more than the last pixel, and draws the chart once they end. */
export function createMotion() {
  let last = -Infinity;
  let shown: ReadyChart | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;
  return {
    /** Whether this drawing is one of a movement of more curves than could be drawn in time. */
    moves(chart: Chart, model: ReadyChart): boolean {
      const now = performance.now();
      const moves = now - last < PAUSE_MS || (shown !== null && isMoved(shown, model));
      last = now;
      shown = model;
      clearTimeout(rest);
      if (!moves || model.lines.reduce((sum, line) => sum + line.points.length, 0) <= FEW) return false;
      rest = setTimeout(() => chart.draw(), PAUSE_MS);
      return true;
    },
    stop: () => clearTimeout(rest),
  };
}

/** The first frame of a movement: the same curves, elsewhere. */
const isMoved = (before: ReadyChart, now: ReadyChart): boolean =>
  (before.x.min !== now.x.min || before.x.max !== now.x.max) && samePoints(before.lines, now.lines);
