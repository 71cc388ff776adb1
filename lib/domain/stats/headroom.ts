/** From here on, differences and sums of up to 2^64 values could leave the doubles. */
const NEAR_THE_LARGEST = 2 ** 960;
const SHRINK = 2 ** -64;

/**
 * What to multiply finite values by so that their differences and sums stay finite: 1 unless one of them is near the
 * largest double. A power of two, so that no digit is lost and no order changes.
 */
export const headroom = (values: readonly number[]): number =>
  values.some((value) => Math.abs(value) >= NEAR_THE_LARGEST) ? SHRINK : 1;

/** The nearest finite number: what is beyond the largest double stays there. */
export const clampFinite = (value: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
