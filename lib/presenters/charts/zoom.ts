import type { Range } from "./chart-model";

/** Steps, both included. */
export interface StepWindow {
  readonly from: number;
  readonly to: number;
}

export const MIN_SPAN = 4;

/** Whole steps inside the extent, at least `MIN_SPAN` apart; null when it is the whole extent, which is no zoom. */
export function normaliseWindow(window: StepWindow, extent: StepWindow): StepWindow | null {
  const room = extent.to - extent.from;
  const span = Math.min(room, Math.max(MIN_SPAN, Math.round(window.to - window.from)));
  const from = Math.round(Math.min(Math.max(window.from, extent.from), extent.to - span));
  if (span >= room) return null;
  return { from, to: from + span };
}

/** Narrower (`factor` < 1) or wider around `centre`, which stays where it is. */
export function zoomAround(
  window: StepWindow,
  extent: StepWindow,
  centre: number,
  factor: number,
): StepWindow | null {
  const from = centre - (centre - window.from) * factor;
  const to = centre + (window.to - centre) * factor;
  return normaliseWindow({ from, to }, extent);
}

/** Moved by a number of steps, stopping at the ends. */
export function panBy(window: StepWindow, extent: StepWindow, steps: number): StepWindow | null {
  return normaliseWindow({ from: window.from + steps, to: window.to + steps }, extent);
}

/**
 * The steps a chart of the whole run covers, from the overlay of the whole run. Where the length is known the axis never
 * moves; without one a live run's head gets room to grow into, in jumps of an eighth or so rather than with every point.
 */
export function runExtent(
  { to, last_step: last }: { to: number; last_step: number | null },
  live: boolean,
): StepWindow {
  const planned = last === null || to > last;
  if (!live || planned) return { from: 0, to: Math.max(1, to) };
  const jump = Math.pow(2, Math.max(3, Math.ceil(Math.log2(last + 1)) - 3));
  return { from: 0, to: Math.ceil((last + 1) / jump) * jump };
}

/** A stretch of steps with room on both sides, to look at what happened there. */
export function aroundWindow(from: number, to: number, extent: StepWindow): StepWindow | null {
  const room = Math.max((to - from) * 0.25, (extent.to - extent.from) / 20);
  return normaliseWindow(
    { from: Math.max(extent.from, from - room), to: Math.min(extent.to, to + room) },
    extent,
  );
}

/** The narrowest stretch of an axis, as a share of it all. */
const NARROWEST = 1e-5;

/** A stretch of an x axis inside its whole; null when it is the whole, which is no zoom. */
export function fitRange({ min, max }: Range, whole: Range): Range | null {
  const room = whole.max - whole.min;
  const span = Math.min(room, Math.max(room * NARROWEST, max - min));
  if (span >= room) return null;
  const from = Math.min(Math.max(min, whole.min), whole.max - span);
  return { min: from, max: from + span };
}

/** Narrower (`factor` < 1) or wider around `centre`, which stays where it is. */
export const zoomRange = ({ min, max }: Range, whole: Range, centre: number, factor: number): Range | null =>
  fitRange({ min: centre - (centre - min) * factor, max: centre + (max - centre) * factor }, whole);

/** Moved by a share of its length, stopping at the ends. */
export function panRange({ min, max }: Range, whole: Range, share: number): Range | null {
  const by = share * (max - min);
  return fitRange({ min: min + by, max: max + by }, whole);
}
