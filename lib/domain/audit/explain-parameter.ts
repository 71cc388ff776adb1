import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { defaultsFilledIn } from "@/lib/domain/schedules/shared/arguments";
import { OFFSETS, startingOffset } from "./conventions";
import { type Hypothesis, nice } from "./explain-simple";
import { defaultLeaves, type Leaf, leavesOf, tiedLeaves, tradedLeaves } from "./leaves";
import { minimise } from "./minimise";
import { ASKING } from "./effort";
import { fits, narrowed, onPoints, type Problem, stepAt, throughout } from "./problem";
import type { Explanation, FindingParams } from "./report";
import type { Allowed } from "./tolerance";

/** Fewer points than this fit any parameter. */
const LEAST_POINTS = 12;
const SAMPLED = 32;
const MOST_TRIED = 4;
const GRID = 36;
/** A parameter that does not take away so much of the error is not the one. */
const HELPS = 0.8;
/** Error left that a logger's offset of one may be the reason for. */
const NEAR = 0.1;
const WIDEST = 30;
const CLOSE = 2;
const LEAST_COUNT = 10;

/** The declared schedule with one of its numbers changed, in the words in which it was declared. */
export function parameterOf(problem: Problem): Hypothesis {
  const first = startingOffset(problem);
  const fitted = fittedParameter(problem, [first, ...OFFSETS.filter((other) => other !== first)]);
  return (_, allowed) => {
    const found = fitted(allowed);
    return found && wordedAs(problem, found);
  };
}

/** The number of the declared schedule that has to be another one for it to explain all the points; null: there is none. */
export function fittedParameter(
  problem: Problem,
  offsets: readonly number[],
): (allowed: Allowed) => Fitted | null {
  const sample = sampled(problem);
  const jumps = jumpsOf(problem);
  // The search does not depend on how exactly a fit is asked for.
  const searched = new Map<number, Searched>();
  const searchAt = (offset: number): Searched => {
    const found = searched.get(offset) ?? search(sample, offset, jumps);
    searched.set(offset, found);
    return found;
  };
  return (allowed) => {
    if (problem.points.length < LEAST_POINTS) return null;
    for (const offset of offsets) {
      const { tried, least } = searchAt(offset);
      const fitted = tried.flatMap(
        ({ leaf, value }) => fittedValue(problem, leaf, value, offset, allowed) ?? [],
      );
      const [simplest] = fitted.sort((a, b) => digitsOf(a.fitted) - digitsOf(b.fitted));
      if (simplest) return simplest;
      // Far from the log whatever the parameter: an offset of one changes nothing then.
      if (least > NEAR) return null;
    }
    return null;
  };
}

export interface Fitted {
  leaf: Leaf<DeclaredSchedule>;
  fitted: number;
}

/** A sequence whose first part was left out altogether has had no warmup. */
function wordedAs(problem: Problem, { leaf, fitted }: Fitted): Explanation {
  const { curve } = problem;
  const warmup_steps = leaf.value * curve.unit;
  const lr = curve.atStep(warmup_steps);
  if (leaf.tied && fitted <= 0 && curve.atStep(0) < lr)
    return {
      code: "warmup_missing",
      ...throughout(problem),
      params: { warmup_steps, lr, how: "stretched" },
    };
  return { code: "parameter", ...throughout(problem), params: paramsOf({ leaf, fitted }) };
}

export function paramsOf({ leaf, fitted }: Fitted): FindingParams {
  const params: FindingParams = { name: leaf.name, declared: leaf.value, fitted };
  return leaf.byDefault ? { ...params, default: true } : params;
}

interface Tried {
  leaf: Leaf<DeclaredSchedule>;
  value: number;
  error: number;
}

interface Searched {
  /** The few that help most. */
  tried: Tried[];
  /** The error of the best of them, or of the declared schedule where none helps. */
  least: number;
}

function search(sample: Problem, offset: number, jumps: readonly number[]): Searched {
  const declared = misfit(sample, expectedWith(sample, sample.declared, offset));
  const tried = leavesTried(sample)
    .map((leaf) => bestValue(sample, leaf, offset, jumps, declared))
    .filter(({ error }) => error < declared * HELPS)
    .sort((a, b) => a.error - b.error)
    .slice(0, MOST_TRIED);
  return { tried, least: tried[0]?.error ?? declared };
}

/** Numbers of a schedule that are tried; those of its lists last, of which there may be thousands. */
const MOST_LEAVES = 48;

function leavesTried(problem: Problem): Leaf<DeclaredSchedule>[] {
  const { declared, group, stepsPerEpoch, totalSteps } = problem;
  const filledIn = defaultsFilledIn(() => compileDeclared(declared, { stepsPerEpoch, totalSteps }));
  const leaves = [...leavesOf(declared, group), ...defaultLeaves(declared, filledIn)];
  const listed = (name: string) => name.endsWith("]");
  const single = leaves.filter(({ name }) => !listed(name));
  const few = [...single, ...leaves.filter(({ name }) => listed(name))].slice(0, MOST_LEAVES);
  return leaves.length > MOST_LEAVES ? few : [...leaves, ...tiedLeaves(declared), ...tradedLeaves(declared)];
}

function fittedValue(
  problem: Problem,
  leaf: Leaf<DeclaredSchedule>,
  value: number,
  offset: number,
  allowed: Allowed,
): Fitted | null {
  for (const fitted of shorter(value, leaf)) {
    const expected = fitted === leaf.value ? null : expectedWith(problem, leaf.with(fitted), offset);
    if (expected && fits(problem, expected, allowed) && isSteady(problem, leaf.with(fitted), offset))
      return { leaf, fitted };
  }
  return null;
}

/** Of the places between two points, so many may lie outside of what both show: a peak, or a jump. */
const STRAY = 0.25;

/** Between two points the schedule stays about where they are: else it only happens to meet a log of every k-th step. */
function isSteady(problem: Problem, changed: DeclaredSchedule, offset: number): boolean {
  if (problem.rebased) return true;
  const { points, tolerances } = sampled(problem);
  const gaps = points.slice(1).flatMap((right, i) => {
    const left = points[i] ?? right;
    return right.step - left.step > 1 ? [{ left, right }] : [];
  });
  const between = gaps.map(({ left }) => ({ ...left, step: left.step + 1 }));
  const expected = expectedWith({ ...problem, ...onPoints(between, problem) }, changed, offset);
  const stray = gaps.filter(({ left, right }, i) => {
    const lr = expected?.[i] ?? Number.NaN;
    const apart = Math.abs(left.lr - right.lr) + tolerances.loose(left.lr, right.lr);
    return !(lr >= Math.min(left.lr, right.lr) - apart && lr <= Math.max(left.lr, right.lr) + apart);
  });
  return stray.length <= STRAY * gaps.length;
}

/** Of two parameters that explain the log a person is likelier to have changed the one with the rounder value. */
const digitsOf = (value: number): number =>
  Number.isInteger(value) ? 1 : value.toExponential().replace(/e.*|\D/g, "").length;

/** A value that is so small a share of the declared one stands for none. */
const NOTHING = 1e-6;

/** Round values first, where they explain the log as well. */
function shorter(value: number, leaf: Leaf<DeclaredSchedule>): number[] {
  const whole = Math.round(value);
  const none = Math.abs(value) < NOTHING * Math.abs(leaf.value) ? [0] : [];
  const neighbours = leaf.whole ? [0, -1, 1, -2, 2, -3, 3].map((by) => whole + by) : [];
  return [...none, ...neighbours, nice(value, 1e-3), nice(value, 1e-4), nice(value), value];
}

function sampled(problem: Problem): Problem {
  const { length } = problem.points;
  if (length <= SAMPLED) return problem;
  const spread = (k: number) => Math.floor((k * (length - 1)) / (SAMPLED - 1));
  const sample = narrowed(
    problem,
    Array.from({ length: SAMPLED }, (_, k) => spread(k)),
  );
  return problem.rebased ? { ...sample, apply: problem.apply } : sample;
}

export function expectedWith(
  problem: Problem,
  changed: DeclaredSchedule,
  offset: number,
): Float64Array | null {
  try {
    const { stepsPerEpoch, totalSteps, group, points, perStep, tries } = problem;
    if (!tries.spend(ASKING * valuesIn(changed) + points.length * (ASKING + perStep))) return null;
    const compiled = compileDeclared(changed, { stepsPerEpoch, totalSteps });
    if (
      compiled.recursive &&
      !tries.spend((perStep * stepAt(problem, points.length - 1)) / problem.curve.unit)
    )
      return null;
    const columns = compiled.at(points.map(({ step }) => Math.max(0, step + offset)));
    const declared = columns[group] ?? columns[0];
    return declared ? problem.apply(declared) : null;
  } catch (error) {
    // The library refuses this value: it is not the one.
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

/** Numbers, words and lists of a declaration, each of which is read when it is compiled. */
const valuesIn = (declared: unknown): number =>
  typeof declared === "object" && declared !== null
    ? Object.values(declared).reduce((sum: number, value: unknown) => sum + valuesIn(value), 1)
    : 1;

function bestValue(
  sample: Problem,
  leaf: Leaf<DeclaredSchedule>,
  offset: number,
  jumps: readonly number[],
  declared: number,
) {
  const known = new Map<number, number>();
  // Who declares so many of something changes it for another count; what is smaller may be a power.
  const counts = leaf.whole && leaf.value >= LEAST_COUNT;
  const error = (tried: number) => {
    const value = counts ? Math.round(tried) : tried;
    const found = known.get(value) ?? misfit(sample, expectedWith(sample, leaf.with(value), offset));
    known.set(value, found);
    return found;
  };
  const grid = leaf.value === 0 ? fromZero(sample.peak) : around(leaf.value);
  const whole = leaf.whole ? jumps : [];
  const among = [...new Set([...(counts ? grid.map(Math.round) : grid), ...whole])].sort((a, b) => a - b);
  // Neither far below nor far above does it make a difference.
  const ends = [among[0], among.at(-1)].map((value = leaf.value) => error(value));
  if (ends.every((each) => each === declared)) return { leaf, value: leaf.value, error: declared };
  const found = minimise(error, among, declared * HELPS, counts ? 0.5 : 0);
  // Between two points of the sample all counts are alike: where the log jumps is the likeliest.
  const [jump] = whole.map((value) => ({ value, error: error(value) })).sort((a, b) => a.error - b.error);
  return { leaf, ...(jump && jump.error <= found.error ? jump : found) };
}

function misfit({ points, peak }: Problem, expected: Float64Array | null): number {
  if (!expected) return Infinity;
  let sum = 0;
  for (const [i, { lr }] of points.entries()) {
    const other = expected[i] ?? Number.NaN;
    const scale = Math.max(Math.abs(lr), Math.abs(other), peak * 1e-3);
    sum += Math.min(1, Math.abs(lr - other) / scale);
  }
  return Number.isNaN(sum) ? Infinity : sum / points.length;
}

/** Multiples, close together near the value; powers too, for what is multiplied with itself again and again. */
function around(value: number): number[] {
  const ratios = Array.from({ length: GRID + 1 }, (_, i) => WIDEST ** ((2 * i) / GRID - 1));
  const near = Array.from({ length: 2 * GRID + 1 }, (_, i) => CLOSE ** (i / GRID - 1));
  const powers = value > 0 && value < 1 ? ratios.map((ratio) => value ** ratio) : [];
  return [...ratios.map((ratio) => value * ratio), ...near.map((ratio) => value * ratio), ...powers];
}

const fromZero = (peak: number) => Array.from({ length: GRID + 1 }, (_, i) => peak * 10 ** ((-6 * i) / GRID));

const JUMP = 0.02;
const MOST_JUMPS = 40;

/** Where the log jumps, in scheduler steps, and the distances between: what a milestone or a step size may be. */
function jumpsOf({ points, curve }: Problem): number[] {
  const at: number[] = [];
  for (let i = 1; i < points.length && at.length < MOST_JUMPS; i += 1) {
    const [before = Number.NaN, now = Number.NaN] = [points[i - 1]?.lr, points[i]?.lr];
    if (Math.abs(now - before) > JUMP * Math.max(Math.abs(now), Math.abs(before)))
      at.push(points[i]?.step ?? 0);
  }
  const ticks = at.map((step) => Math.round(step / curve.unit));
  const gaps = ticks.map((tick, i) => tick - (ticks[i - 1] ?? 0));
  const candidates = [...ticks, ...gaps].flatMap((tick) => [tick - 1, tick, tick + 1]);
  return [...new Set(candidates)].filter((tick) => tick > 0);
}
