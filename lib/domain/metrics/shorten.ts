/** Of the size that counts: at most 1/20 of a pixel on a plot a thousand high. */
const DIGITS = 4;
const POWERS = Array.from({ length: 309 }, (_, i) => Number(`1e${i}`));

/**
 * A value with the digits that a line needs which is drawn over `range`, the height of the whole: off by at most 5·10⁻⁵
 * of the smaller of the two, so that neither a high level with little movement nor a log axis shows it.
 */
export function shorten(value: number, range: number): number {
  const size = Math.min(Math.abs(value), range);
  if (size === 0) return value;
  const decimals = DIGITS - Math.floor(Math.log10(size));
  const scale = POWERS[Math.abs(decimals)];
  if (scale === undefined) return value;
  if (decimals <= 0) return Math.round(value / scale) * scale;
  const scaled = value * scale;
  return Math.abs(scaled) < Number.MAX_SAFE_INTEGER ? Math.round(scaled) / scale : value;
}
