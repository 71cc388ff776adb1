/** So few of the logged LRs may be absurd, in a log of so many. */
const STRAY = 2;
const LEAST_POINTS = 8;
/** Times as large as the others. */
const ABSURD = 100;

/**
 * How large the LRs are by which the others are judged: the smaller of the largest declared and the largest logged one.
 * By an absurd one all others would be dust. Where either is 0 throughout it is the larger.
 */
export function sharedPeak(declared: readonly number[], logged: readonly number[]): number {
  const size = declared.map(Math.abs).filter(Number.isFinite);
  const sizes = [size.reduce((max, lr) => Math.max(max, lr), 0), usual(logged)];
  const least = Math.min(...sizes);
  return least > 0 ? least : Math.max(...sizes);
}

function usual(logged: readonly number[]): number {
  const falling = Float64Array.from(logged, Math.abs).sort().reverse();
  const most = falling.length < LEAST_POINTS ? Infinity : ABSURD * (falling[STRAY] ?? 0);
  return falling.find((lr) => lr <= most) ?? 0;
}
