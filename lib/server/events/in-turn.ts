import "server-only";
import { setImmediate } from "node:timers/promises";

const shared = globalThis as { __lrscopeTurns?: Promise<unknown> };

/**
 * One `work` after the other, and a turn for everything else in between: after a restart all readers come back at once,
 * and each page that they missed takes milliseconds.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const before = shared.__lrscopeTurns ?? Promise.resolve();
  const turn = before.then(() => setImmediate()).then(work);
  shared.__lrscopeTurns = turn.catch(() => undefined);
  return turn;
}
