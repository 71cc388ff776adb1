import type { LrPoint } from "./report";

/** A step of the logged LR to another level. */
export interface LrJump {
  /** The last step before it, and the first behind it. */
  after: number;
  step: number;
  from: number;
  to: number;
  /** The step at which the schedule began again, where that is what it is. */
  restart: number | null;
}

/** Smaller ones, as shares of the larger LR, are slopes and rounding. */
const LEAST = 0.05;
/** How many times larger than the changes on both its sides: a cliff, and not one of many steps down a slope. */
const CLIFF = 8;
/** A schedule that moves the same way by this share of the jump, within a point of it, asked for it. */
const ASKED = 0.5;

/**
 * Jumps of the logged LR that its schedule did not ask for, in order of steps.
 *
 * @param expected what the schedule says for each point of the log, applied requests included; null: there is none
 * @param restarts steps at which the audit found that the schedule began again: each is told, cliff or not
 */
export function unscheduledJumps(
  log: readonly LrPoint[],
  expected: ArrayLike<number> | null,
  restarts: readonly number[] = [],
): LrJump[] {
  const begun = restarts.flatMap((restart) => restartIn(log, restart));
  const others = cliffs(log, expected).filter(
    ({ step }) => !begun.some((jump) => jump.after <= step && step <= jump.step),
  );
  return [...begun, ...others].sort((a, b) => a.step - b.step);
}

/** The largest change within a point of the step, for a logger may tell it a step later. */
function restartIn(log: readonly LrPoint[], restart: number): LrJump[] {
  const first = log.findIndex(({ step }) => step >= restart);
  const found = [first, first + 1].flatMap((i) => jumpAt(log, i, restart));
  return found.sort((a, b) => Math.abs(change(b.from, b.to)) - Math.abs(change(a.from, a.to))).slice(0, 1);
}

function jumpAt(log: readonly LrPoint[], i: number, restart: number | null): LrJump[] {
  const [before, now] = [log[i - 1], log[i]];
  return before && now ? [{ after: before.step, step: now.step, from: before.lr, to: now.lr, restart }] : [];
}

function cliffs(log: readonly LrPoint[], expected: ArrayLike<number> | null): LrJump[] {
  const jumps: LrJump[] = [];
  for (let i = 1; i < log.length - 1; i += 1) {
    const [before, now] = [log[i - 1], log[i]];
    if (!before || !now) continue;
    const size = change(before.lr, now.lr);
    const around = Math.max(sizeBetween(log, i - 2), sizeBetween(log, i));
    if (!(Math.abs(size) > LEAST) || !(Math.abs(size) >= CLIFF * around)) continue;
    if (expected && isAsked(size, expected, i)) continue;
    jumps.push(...jumpAt(log, i, null));
  }
  return jumps;
}

function isAsked(size: number, expected: ArrayLike<number>, i: number): boolean {
  const from = expected[Math.max(0, i - 2)] ?? Number.NaN;
  const to = expected[Math.min(expected.length - 1, i + 1)] ?? Number.NaN;
  return Math.sign(size) * change(from, to) >= ASKED * Math.abs(size);
}

/** Relative to the larger of the two, so between −1 and 1 for LRs. */
function change(from: number, to: number): number {
  const larger = Math.max(Math.abs(from), Math.abs(to));
  return larger === 0 ? 0 : (to - from) / larger;
}

/** Of the point at `i` to the next; nothing before the first. */
function sizeBetween(log: readonly LrPoint[], i: number): number {
  const [from, to] = [log[i], log[i + 1]];
  return from && to ? Math.abs(change(from.lr, to.lr)) : 0;
}
