import { at } from "./at";
import { eliminate } from "./least-squares";
import { jumpsUp, riseEnd, same, type Series, seriesOf } from "./series";
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

/** Offsets that the log itself suggests: by where its warmup starts, how long it waits, its phase, or its cycles. */
export const suggestedOffsets = (log: Series): number[] =>
  [...fromWait(log), ...fromCycles(log), ...fromPhase(log)].filter(isOffset);

/** The offset under which the log's first line starts from 0, if there is one. */
export const offsetOfRise = (log: Series): number[] => fromRise(log).filter(isOffset);

/** How far from a whole step the zero of a warmup may be. */
const WHOLE = 0.1;
const LEAST_RISING = 3;

/** A warmup from 0: the step at which its line is 0. */
function fromRise(log: Series): number[] {
  const { steps, lrs } = log;
  const top = riseEnd(log);
  let first = 0;
  while (first < top && same(log, at(lrs, first + 1), at(lrs, first))) first += 1;
  // The last of the points that wait may lie on the line as well; so may the one at the top not.
  if (top - first < LEAST_RISING) return [];
  const [s0, s1] = [at(steps, first + 1), at(steps, top - 1)];
  const [y0, y1] = [at(lrs, first + 1), at(lrs, top - 1)];
  const zero = s0 - (y0 * (s1 - s0)) / (y1 - y0);
  return Math.abs(zero - Math.round(zero)) <= WHOLE ? [-Math.round(zero)] : [];
}

/** A log of every step that waits before it moves. */
function fromWait(log: Series): number[] {
  const moves = log.lrs.findIndex((lr) => !same(log, lr, at(log.lrs, 0)));
  const isNext = moves > 0 && at(log.steps, moves) === at(log.steps, moves - 1) + 1;
  return isNext ? [-at(log.steps, moves - 1)] : [];
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

const PHASE_POINTS = 24;

/**
 * Half a cosine: its values about a middle satisfy y(t + h) + y(t − h) = 2·cos(ωh)·y(t), which gives ω and the middle,
 * and they the step at which it is highest.
 */
function fromPhase(log: Series): number[] {
  const { steps, lrs } = log;
  const stride = Math.max(1, Math.floor(lrs.length / PHASE_POINTS));
  const indices = Array.from({ length: Math.floor((lrs.length - 1) / stride) + 1 }, (_, i) => i * stride);
  const h = at(steps, Math.min(stride, lrs.length - 1)) - at(steps, 0);
  const even = indices.filter((i, k) => k > 0 && at(steps, i) - at(steps, i - stride) === h);
  if (even.length < 6 || even.length < indices.length - 1) return [];
  const y = indices.map((i) => at(lrs, i) / log.peak);
  const inner = y.slice(1, -1).map((value, i) => [value, at(y, i) + at(y, i + 2)] as const);
  const [slope, base] = lineThrough(inner) ?? [Number.NaN, Number.NaN];
  const omega = Math.acos(slope / 2) / h;
  const middle = base / (2 - slope);
  if (!(omega > 0) || !Number.isFinite(middle)) return [];
  const sum = (f: (i: number) => number) => y.reduce((total, _, i) => total + f(i), 0);
  const phase = (i: number) => omega * at(steps, at(indices, i));
  const [cos, sin] = [(i: number) => Math.cos(phase(i)), (i: number) => Math.sin(phase(i))];
  const height = (i: number) => at(y, i) - middle;
  const found = eliminate([
    [sum((i) => cos(i) ** 2), sum((i) => cos(i) * sin(i)), sum((i) => cos(i) * height(i))],
    [sum((i) => cos(i) * sin(i)), sum((i) => sin(i) ** 2), sum((i) => sin(i) * height(i))],
  ]);
  return found ? [-Math.round(Math.atan2(at(found, 1), at(found, 0)) / omega)] : [];
}

/** Slope and value at 0 of the least-squares line; null where all lie above one another. */
function lineThrough(points: readonly (readonly [number, number])[]): [slope: number, base: number] | null {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([a]) => a), mean(([, b]) => b)];
  const slope = mean(([a, b]) => (a - x) * (b - y)) / mean(([a]) => (a - x) ** 2);
  return Number.isFinite(slope) ? [slope, y - slope * x] : null;
}
