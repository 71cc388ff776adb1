/** The range of steps counts as this many: one weight then smooths a short and a long run alike. */
const VIEWPORT = 1000;
const MAX_WEIGHT = 0.999;

/**
 * Time-weighted exponential moving average with debiasing: each value's weight decays with the distance in steps, not
 * in samples, so an irregular series is not smoothed more where it was logged more.
 *
 *   w = min(√smoothing, 0.999);  d = w^(1000·Δstep/range);  s ← s·d + y;  n ← n·d + 1;  result = s / n
 *
 * Weights & Biases, "Smooth line plots" (time weighted EMA); the division by n is the debiasing of Kingma & Ba 2015,
 * section 3. Non-finite values are left out and come back as NaN.
 *
 * @param smoothing 0 (none) to 1
 * @param range steps of the whole run, not of the window: zooming must not change the amount of smoothing
 */
export function smooth(
  steps: readonly number[],
  values: readonly number[],
  smoothing: number,
  range: number,
): number[] {
  const weight = Math.min(Math.sqrt(Math.max(0, smoothing)), MAX_WEIGHT);
  let sum = 0;
  let total = 0;
  let previous: number | null = null;
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return NaN;
    const step = steps[i] ?? 0;
    const distance = previous === null ? 0 : (VIEWPORT * (step - previous)) / Math.max(1, range);
    const decay = Math.pow(weight, distance);
    sum = sum * decay + value;
    total = total * decay + 1;
    previous = step;
    return sum / total;
  });
}
