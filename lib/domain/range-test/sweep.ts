/** A training run whose LR rises from update to update: `losses[i]` was measured under `lrs[i]`. */
export interface Sweep {
  /** Positive and strictly rising. */
  lrs: readonly number[];
  /** May hold NaN and infinities. */
  losses: readonly number[];
  /** Updates that were planned, which may be more than were made before the loss exploded. */
  numIt: number;
}

/** One point of the sweep. `lr` is what the method suggests, which need not be the LR at `index`. */
export interface Suggestion {
  index: number;
  lr: number;
}

/** Part of a sweep, with the place of its first point. */
export interface Window {
  first: number;
  lrs: readonly number[];
  losses: readonly number[];
}

/**
 * What fastai's methods look at: without the first tenth of the planned updates and the last 5, up to the first NaN.
 * fastai `Learner.lr_find`.
 */
export function fastaiWindow({ lrs, losses, numIt }: Sweep): Window {
  const first = Math.floor(numIt / 10);
  const kept = losses.slice(first, -5);
  const nan = kept.findIndex(Number.isNaN);
  const end = nan === -1 ? kept.length : nan;
  return { first, lrs: lrs.slice(first, first + end), losses: kept.slice(0, end) };
}

/** The place of the smallest value, of the first NaN where there is one (as NumPy and PyTorch); −1 when empty. */
export function argMin(values: readonly number[]): number {
  let best = -1;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) return i;
    if (best === -1 || value < (values[best] ?? Infinity)) best = i;
  }
  return best;
}

/** The suggestion at a place of a window; null outside of it. */
export function pointOf(window: Window, index: number, share = 1): Suggestion | null {
  const lr = window.lrs[index];
  return lr === undefined ? null : { index: window.first + index, lr: lr * share };
}
