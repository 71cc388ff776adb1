import type { LrPoint } from "./report";

/** Enough to tell any explanation; the cost of trying them goes with it. */
const MOST_POINTS = 2000;
const JUMP = 0.02;

/** A long log thinned evenly, both sides of every jump kept; of a log that jumps everywhere no jump is special. */
export function thinLog(log: readonly LrPoint[]): readonly LrPoint[] {
  if (log.length <= MOST_POINTS) return log;
  const stride = Math.ceil((2 * log.length) / MOST_POINTS);
  const jumps = log.map(({ lr }, i) => {
    const before = log[i - 1]?.lr ?? lr;
    return Math.abs(lr - before) > JUMP * Math.max(Math.abs(lr), Math.abs(before));
  });
  const special = jumps.filter(Boolean).length <= MOST_POINTS / 4;
  return log.filter(
    (_, i) => i % stride === 0 || i === log.length - 1 || (special && (jumps[i] || jumps[i + 1])),
  );
}
