import { gradient } from "./gradient";
import { argMin, pointOf, type Suggestion, type Window } from "./sweep";

/**
 * The middle of the longest strictly falling subsequence of losses, a third and a sixth of its length in. fastai
 * `valley`, to the letter: where the subsequence has gaps the place may come out before the first point, and Python
 * reads −1 as the last one.
 */
export function valley(window: Window): Suggestion | null {
  const { losses } = window;
  const length = losses.map(() => 1);
  let start = 0;
  let end = 0;
  for (let i = 1; i < losses.length; i++) {
    length[i] = 1 + longestBefore(losses, length, i);
    if ((length[i] ?? 0) > (length[end] ?? 0)) {
      end = i;
      start = i - (length[i] ?? 0);
    }
  }
  const section = (end - start) / 3;
  const index = start + Math.trunc(section) + Math.trunc(section / 2);
  return pointOf(window, index < 0 ? losses.length + index : index);
}

function longestBefore(losses: readonly number[], length: readonly number[], i: number): number {
  const loss = losses[i] ?? NaN;
  let longest = 0;
  for (let j = 0; j < i; j++) {
    if (loss < (losses[j] ?? NaN) && (length[j] ?? 0) > longest) longest = length[j] ?? 0;
  }
  return longest;
}

const SLIDE_GAP = 15;
const SLIDE_THRESHOLD = 0.005;

/**
 * Slides a bracket of 15 points from the end towards the start until the slopes at its two sides agree; suggests its left
 * side. fastai `slide`. Null for fewer points than the bracket needs, where fastai raises.
 */
export function slide(window: Window): Suggestion | null {
  const n = window.losses.length;
  if (n <= SLIDE_GAP) return null;
  const slope = gradient(
    window.losses,
    window.losses.map((_, i) => i),
  );
  let left = n - 1 - SLIDE_GAP;
  let candidate = left;
  while (left >= 0 && Math.abs((slope[left + SLIDE_GAP] ?? NaN) - (slope[left] ?? NaN)) > SLIDE_THRESHOLD) {
    candidate = left;
    left--;
  }
  return pointOf(window, candidate);
}

/** A tenth of the LR at the smallest loss. fastai `minimum`. */
export const minimum = (window: Window): Suggestion | null => {
  const found = pointOf(window, argMin(window.losses));
  return found && { ...found, lr: found.lr / 10 };
};

/** Where the loss falls fastest against ln lr, from one point to the next. fastai `steep`. */
export function steep(window: Window): Suggestion | null {
  const { lrs, losses } = window;
  const slopes = losses.slice(1).map((loss, i) => {
    const rise = Math.log(lrs[i + 1] ?? NaN) - Math.log(lrs[i] ?? NaN);
    return (loss - (losses[i] ?? NaN)) / rise;
  });
  return pointOf(window, argMin(slopes));
}
