import type { LrPoint } from "./report";

/** Enough to tell any explanation; the cost of trying them goes with it. */
const MOST_POINTS = 4000;
const JUMP = 0.02;

/** A long log thinned evenly, both sides of every jump kept. */
export function thinLog(log: readonly LrPoint[]): readonly LrPoint[] {
  if (log.length <= MOST_POINTS) return log;
  const stride = Math.ceil((2 * log.length) / MOST_POINTS);
  const jumps = (i: number) => {
    const [before, now] = [log[i - 1]?.lr ?? 0, log[i]?.lr ?? 0];
    return Math.abs(now - before) > JUMP * Math.max(Math.abs(now), Math.abs(before));
  };
  return log.filter((_, i) => i % stride === 0 || i === log.length - 1 || jumps(i) || jumps(i + 1));
}
