import type { LrPoint } from "./report";

/** Enough to tell any explanation; the cost of trying them goes with it. */
const MOST_POINTS = 1200;
const JUMP = 0.02;

/**
 * A long log thinned evenly, both sides kept of every jump, and of every place where it changes in another way than its
 * schedule does: there something happened. Of a log that does either everywhere no place is special.
 */
export function thinLog(log: readonly LrPoint[], declaredAt: (step: number) => number): readonly LrPoint[] {
  if (log.length <= MOST_POINTS) return log;
  const stride = Math.ceil((2 * log.length) / MOST_POINTS);
  const jumps = jumpsIn(log.map(({ lr }) => lr));
  const parts = jumpsIn(log.map(({ step, lr }) => lr / (declaredAt(step) || Number.NaN)));
  const special = (i: number) => jumps.has(i) || jumps.has(i + 1) || parts.has(i) || parts.has(i + 1);
  return log.filter((_, i) => i % stride === 0 || i === log.length - 1 || special(i));
}

/** Indices of the values that are far from the one before; none when there are many. */
function jumpsIn(values: readonly number[]): Set<number> {
  const jumps = values.flatMap((value, i) => {
    const before = values[i - 1] ?? value;
    return Math.abs(value - before) > JUMP * Math.max(Math.abs(value), Math.abs(before)) ? [i] : [];
  });
  return new Set(jumps.length <= MOST_POINTS / 4 ? jumps : []);
}
