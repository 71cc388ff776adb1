import { at } from "./at";
import { through, zeroBetween } from "./interpolation";
import { cosineIn } from "./phase";
import { headOf, jumpsUp, riseEnd, same, type Series, seriesOf, tailOf } from "./series";
import { stairsOf } from "./staircase";

/** A loss scaler may skip so many updates at the start of a training; a logger adds one. */
export const MOST_LAG = 11;
/** As the steps stand, and the two usual conventions: steps counted from 1, and the LR read after the update. */
export const USUAL_OFFSETS: readonly number[] = [0, -1, 1];

export const LAGS: readonly number[] = Array.from({ length: MOST_LAG - 1 }, (_, i) => -2 - i);

const isOffset = (offset: number): boolean => Number.isInteger(offset) && offset <= 1 && offset >= -MOST_LAG;

/**
 * The log with its steps moved: what stands at step s is the LR of step s + offset, and before step 0 the LR of step 0.
 * Null where that cannot be, since the LR moved before step 0.
 */
export function readAt(log: Series, offset: number): Series | null {
  const moved = log.steps.map((step) => step + offset);
  if (at(moved, 0) >= 0) return seriesOf(moved, log.lrs, log);
  const started = moved.findIndex((step) => step > 0);
  const early = started === -1 ? moved.length : started;
  const first = at(log.lrs, 0);
  if (log.lrs.slice(0, early).some((lr) => !same(log, lr, first))) return null;
  return seriesOf([0, ...moved.slice(early)], [first, ...log.lrs.slice(early)], log);
}

/** Offsets that the log itself suggests: by how long it waits, at every step or between two points, its phase, its cycles. */
export const suggestedOffsets = (log: Series): number[] =>
  [...fromWait(log), ...fromHold(log), ...fromCycles(log), ...fromPhase(log)].filter(isOffset);

/** The offset under which the log's first line starts from 0, if there is one. */
export const offsetOfRise = (log: Series): number[] => fromRise(log).filter(isOffset);

/** How far from a whole step the zero of a warmup may be. */
const WHOLE = 0.1;
const LEAST_RISING = 3;
/** Both ends of the line are known as well as the log's rounding allows, and so is the step between them and 0. */
const ROOM = 4;

/** A warmup from 0: the step at which its line is 0. */
function fromRise(log: Series): number[] {
  const { steps, lrs } = log;
  const top = riseEnd(log);
  let first = 0;
  while (first < top && same(log, at(lrs, first + 1), at(lrs, first))) first += 1;
  // The last of the points that wait may lie on the line as well; so may the one at the top not.
  const isShort = top - first < LEAST_RISING;
  const [from, to] = isShort ? [first, top] : [first + 1, top - 1];
  if (top === first || (isShort && first > 0)) return [];
  const [s0, s1, y0, y1] = [at(steps, from), at(steps, to), at(lrs, from), at(lrs, to)];
  const zero = s0 - (y0 * (s1 - s0)) / (y1 - y0);
  // A line that starts at a hundredth of its peak would be 0 near step −1, but not at it.
  const known = (ROOM * log.allowed(y1, y1) * (s1 - zero)) / (y1 - y0);
  const within = isShort ? WHOLE : Math.min(WHOLE, known);
  return Math.abs(zero - Math.round(zero)) <= within ? [-Math.round(zero)] : [];
}

/** A log of every step that waits before it moves. */
export function fromWait(log: Series): number[] {
  const moves = log.lrs.findIndex((lr) => !same(log, lr, at(log.lrs, 0)));
  const isNext = moves > 0 && at(log.steps, moves) === at(log.steps, moves - 1) + 1;
  return isNext ? [-at(log.steps, moves - 1)] : [];
}

/** Points behind the wait through which the curve is continued back to it: a line, a parabola, a cubic. */
const CONTINUED = [2, 3, 4];

/** What still rounds to the step at which the wait ends. */
const EITHER_SIDE = 0.5;

/** A log of few steps that waits: the step at which the curve behind the wait comes to the first LR. */
function fromHold(log: Series): number[] {
  const { steps, lrs } = log;
  const moves = lrs.findIndex((lr) => !same(log, lr, at(lrs, 0)));
  if (moves < 1) return [];
  const waits = at(steps, moves - 1);
  return CONTINUED.flatMap((count) => {
    const [xs, ys] = [steps.slice(moves, moves + count), lrs.slice(moves, moves + count)];
    const above = (step: number) => through(xs, ys, step) - at(lrs, 0);
    const met =
      xs.length < count ? null : zeroBetween(above, waits - EITHER_SIDE, at(steps, moves) + EITHER_SIDE);
    // A single first point that is on the curve waits for nothing.
    return met === null || (moves === 1 && Math.round(met) === waits) ? [] : [-Math.round(met)];
  });
}

/** Drops or restarts that come again: the first is due as early as the second comes after it. */
function fromCycles(log: Series): number[] {
  const jumps = jumpsUp(log);
  const events = jumps.length >= 2 ? jumps : (stairsOf(log)?.boundaries ?? []);
  const [first, second, third] = events;
  if (first === undefined || second === undefined) return [];
  const growth = third === undefined ? 1 : (third - second) / (second - first);
  return [(second - first) / growth - first];
}

/** Half a cosine starts at its highest, or at its lowest: of a log that turns the first half tells, the point that may wait apart. */
function fromPhase(log: Series): number[] {
  return [log, tailOf(headOf(log, firstTurn(log)), 1, 0)].flatMap((part) => {
    const cosine = part.steps.length > 1 ? cosineIn(part) : null;
    return cosine ? [-Math.round(cosine.highest), -Math.round(cosine.highest - cosine.half)] : [];
  });
}

/** How many points go before the log first turns. */
function firstTurn(log: Series): number {
  const { lrs } = log;
  const moves = lrs.slice(1).map((lr, i) => (same(log, lr, at(lrs, i)) ? 0 : Math.sign(lr - at(lrs, i))));
  const way = moves.find((move) => move !== 0) ?? 0;
  const turn = moves.indexOf(-way);
  return turn === -1 ? lrs.length : turn + 1;
}

/** Whether a log has the beginning of its schedule, where alone a lag shows. */
export function showsStart({ steps }: Series): boolean {
  const [first, second] = [at(steps, 0), steps[1] ?? Infinity];
  return first <= second - first;
}
