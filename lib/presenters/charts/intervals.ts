import type { ChartBand } from "./chart-model";
import { holeBefore } from "./series-line";

/** Of fewer runs the interval of a mean tells nothing that the runs themselves do not. */
export const LEAST_MEMBERS = 3;

/** A point of a group's curve with its interval; null where there is none. */
export interface IntervalPoint {
  readonly x: number;
  readonly step: number;
  readonly n: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The areas of a group's interval: nothing is joined across a hole, nor where fewer than three runs are under way. */
export function bandPieces(points: readonly IntervalPoint[]): ChartBand["points"][] {
  const pieces: ChartBand["points"][number][][] = [[]];
  points.forEach(({ x, n, low, high }, i) => {
    const isShown = n >= LEAST_MEMBERS && low !== null && high !== null;
    if (!isShown || holeBefore(points, i)) pieces.push([]);
    if (isShown) pieces.at(-1)?.push({ x, low, high });
  });
  return pieces.filter((piece) => piece.length > 1);
}

/** How faint a run of a group is behind the mean; one of few stands in for the interval. */
export const memberAlpha = (members: number): number => (members < LEAST_MEMBERS ? FEW_ALPHA : MANY_ALPHA);

const MANY_ALPHA = 0.22;
const FEW_ALPHA = 0.6;

/** `cosine (5)`, `cosine (3 of 5)`: how many runs a mean is of. */
export const ofRuns = (label: string, runs: number, total: number): string =>
  runs === total ? `${label} (${runs})` : `${label} (${runs} of ${total})`;
