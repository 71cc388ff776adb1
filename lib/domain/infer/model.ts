import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { type Fit, judge, type Led } from "./candidate";
import { eliminate, leastSquares } from "./least-squares";
import { digitsOf } from "./roundness";
import { isRounded, sampled, type Series, tailOf } from "./series";

/**
 * A family of curves, LR(t) = Σ cₖ·partₖ(t; θ). Only θ has to be searched for: the coefficients follow from it by linear
 * least squares (variable projection, Golub & Pereyra 1973).
 */
export interface Model {
  /** Where the search for θ starts. */
  theta: readonly number[];
  /** Of θ, the ones that a person gives as whole numbers. */
  whole?: readonly number[];
  parts: (t: number, theta: readonly number[]) => readonly number[];
  /** Coefficients that the log shows, null for those to be found. */
  known: readonly (number | null)[];
  make: (coefficients: readonly number[], theta: readonly number[]) => DeclaredSchedule | null;
  /** The same curve behind a warmup, where that is not simply put in front. */
  led?: (coefficients: readonly number[], theta: readonly number[]) => Led;
  /** Index of the first point that the parts do not describe. */
  until?: number;
  /** Whether the parts do not describe step 0. */
  startsLate?: boolean;
}

interface Solved {
  coefficients: number[];
  residuals: Float64Array;
  /** As `Fit.misfit`, on the sample. */
  misfit: number;
}
type Solver = (theta: readonly number[]) => Solved;

/** Relative residuals larger than this show that the family is another one. */
const HOPELESS = 0.1;
const PROMISING = 1e-3;
/** Of what the log's rounding allows: a round value has to explain the log nearly as well as the fitted one. */
const ROUND_ENOUGH = 0.2;
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 9, 12];

/** Fits θ and the coefficients, rounds those that a person would have given round, and judges what comes of it. */
export function fitModel(model: Model, series: Series): Fit | null {
  if (series.budget.left <= 0) return null;
  const solve = solverOf(model, series);
  const { theta: found, solved } = searched(solve, model.theta);
  let theta = found;
  const worst = solved.residuals.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (!(worst <= HOPELESS)) return null;
  const misfit = misfitOf(model, series);
  let { coefficients } = solved;
  if (solved.misfit <= LOOSE) [theta, coefficients] = written(model, series, solve, theta);
  const spec = model.make(coefficients, theta);
  const led = misfit(coefficients, theta) <= 1 ? model.led?.(coefficients, theta) : undefined;
  return spec && { ...judge(spec, series), led };
}

/** θ and the coefficients in as few digits as the log allows. Of a rounded log several lengths may do. */
function written(
  model: Model,
  series: Series,
  solve: Solver,
  found: readonly number[],
): [theta: number[], coefficients: number[]] {
  const misfit = misfitOf(model, series);
  const thetas = lengthsAround(model, series, solve, wholeOf(model, solve, found));
  const candidates = thetas.map((start) => {
    const theta = shortest(start, (tried) => solve(tried).misfit);
    const coefficients = shortest(solve(theta).coefficients, (tried) => misfit(tried, theta));
    const off = misfit(coefficients, theta);
    const digits = [...theta, ...coefficients].reduce((sum, value) => sum + digitsOf(value), 0);
    return { theta, coefficients, score: off <= 1 ? digits : OFF + off };
  });
  const best = candidates.reduce((a, b) => (b.score < a.score ? b : a));
  return [best.theta, best.coefficients];
}

/** More than digits can ever count. */
const OFF = 1e3;
/** What a rounded log lets through: a length this many steps off may give rounder LRs. */
const AROUND = [1, -1, 2, -2, 3, -3];
const NEAR_ENOUGH = 3;

function lengthsAround(model: Model, series: Series, solve: Solver, theta: number[]): number[][] {
  const [k] = model.whole ?? [];
  if (k === undefined || !isRounded(series) || !(solve(theta).misfit <= NEAR_ENOUGH)) return [theta];
  const others = AROUND.map((by) => theta.map((value, i) => (i === k ? value + by : value)));
  return [theta, ...others.filter((other) => solve(other).misfit <= NEAR_ENOUGH)];
}

const MOST_SEARCHES = 3;

/** Searched again from where it stopped, as long as that is near: two parameters that nearly do the same take longer. */
function searched(solve: Solver, start: readonly number[]): { theta: number[]; solved: Solved } {
  let theta = [...start];
  let solved = solve(theta);
  for (let i = 0; i < MOST_SEARCHES && theta.length > 0 && solved.misfit > ROUND_ENOUGH; i += 1) {
    const next = leastSquares((values) => solve(values).residuals, theta);
    const found = solve(next);
    if (i > 0 && !(found.misfit < solved.misfit)) break;
    [theta, solved] = [next, found];
    if (!solved.residuals.every((value) => Math.abs(value) <= PROMISING)) break;
  }
  return { theta, solved };
}

/** Worse than this, digits say nothing. */
const LOOSE = 1000;

function solverOf(model: Model, series: Series): Solver {
  const { parts, known } = model;
  const { steps, lrs, weights, slack } = samplesOf(model, series);
  const free = known.flatMap((value, k) => (value === null ? [k] : []));
  return (theta) => {
    series.budget.left -= steps.length * (1 + free.length);
    const rows = steps.map((step) => parts(step, theta));
    const coefficients = known.map((value) => value ?? 0);
    const found = free.length > 0 ? project(rows, { lrs, weights, free, fixed: coefficients }) : [];
    for (const [i, k] of free.entries()) coefficients[k] = found?.[i] ?? Number.NaN;
    const residuals = new Float64Array(lrs.length);
    let misfit = 0;
    for (let i = 0; i < lrs.length; i += 1) {
      const apart = dot(rows[i] ?? NONE, coefficients) - (lrs[i] ?? 0);
      residuals[i] = apart * (weights[i] ?? 0);
      const over = Math.abs(apart) / (slack[i] ?? 1);
      misfit = over <= misfit ? misfit : over;
    }
    return { coefficients, residuals, misfit };
  };
}

const NONE: readonly number[] = [];

interface Linear {
  lrs: readonly number[];
  weights: readonly number[];
  /** Indices of the coefficients to be found; the others' values, and 0 for these. */
  free: readonly number[];
  fixed: readonly number[];
}

/** The free coefficients by weighted linear least squares; null where they cannot be told apart. */
function project(
  rows: readonly (readonly number[])[],
  { lrs, weights, free, fixed }: Linear,
): number[] | null {
  const n = free.length;
  const sums = new Float64Array(n * (n + 1));
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? NONE;
    const square = (weights[i] ?? 0) ** 2;
    const rest = square * ((lrs[i] ?? 0) - dot(row, fixed));
    for (let a = 0; a < n; a += 1) addRow(sums, a, row, { free, square, rest });
  }
  return eliminate(free.map((_, a) => Array.from(sums.subarray(a * (n + 1), (a + 1) * (n + 1)))));
}

/** Adds one point to line `a` of the normal equations. */
function addRow(
  sums: Float64Array,
  a: number,
  row: readonly number[],
  { free, square, rest }: { free: readonly number[]; square: number; rest: number },
): void {
  const n = free.length;
  const line = a * (n + 1);
  const factor = row[free[a] ?? 0] ?? 0;
  for (let b = 0; b < n; b += 1) {
    sums[line + b] = (sums[line + b] ?? 0) + square * factor * (row[free[b] ?? 0] ?? 0);
  }
  sums[line + n] = (sums[line + n] ?? 0) + factor * rest;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

interface Samples {
  steps: readonly number[];
  lrs: readonly number[];
  weights: readonly number[];
  /** What the rounding allows at each. */
  slack: readonly number[];
}

/** The same for all models of a series that describe the whole of it. */
const samples = new WeakMap<Series, Samples>();

function samplesOf({ until, startsLate = false }: Model, series: Series): Samples {
  const isWhole = until === undefined && !startsLate;
  const found = isWhole ? samples.get(series) : undefined;
  if (found) return found;
  const { steps, lrs } = sampled(startsLate && series.steps[0] === 0 ? tailOf(series, 1, 0) : series, until);
  const taken = {
    steps,
    lrs,
    weights: lrs.map((lr) => 1 / Math.max(Math.abs(lr), series.peak * 1e-3, Number.MIN_VALUE)),
    slack: lrs.map((lr) => series.allowed(lr, lr)),
  };
  if (isWhole) samples.set(series, taken);
  return taken;
}

function misfitOf(model: Model, series: Series) {
  const { steps, lrs, slack } = samplesOf(model, series);
  return (coefficients: readonly number[], theta: readonly number[]) =>
    steps.reduce((misfit, step, i) => {
      const over = Math.abs(dot(model.parts(step, theta), coefficients) - (lrs[i] ?? 0)) / (slack[i] ?? 1);
      return over <= misfit ? misfit : over;
    }, 0);
}

/** Whole where the log allows it, one after the other, the rest fitted again. */
function wholeOf({ whole = [] }: Model, solve: Solver, theta: readonly number[]): number[] {
  let best = [...theta];
  for (const k of whole) {
    const fixed = best.map((value, i) => (i === k ? Math.round(value) : value));
    const free = best.flatMap((_, i) => (i === k ? [] : [i]));
    const fill = (values: readonly number[]) => fixed.map((value, i) => values[free.indexOf(i)] ?? value);
    const start = free.map((i) => fixed[i] ?? 0);
    const refitted =
      free.length > 0 && solve(fixed).misfit > ROUND_ENOUGH
        ? fill(leastSquares((values) => solve(fill(values)).residuals, start))
        : fixed;
    if (solve(refitted).misfit <= Math.max(1, solve(best).misfit * 1.5)) best = refitted;
  }
  return best;
}

/** Each number with the fewest digits that the log allows. */
function shortest(values: readonly number[], misfit: (tried: readonly number[]) => number): number[] {
  let best = [...values];
  for (const [k, value] of values.entries()) {
    const bar = Math.max(ROUND_ENOUGH, misfit(best));
    for (const round of [0, ...DIGITS.map((digits) => Number(value.toPrecision(digits)))]) {
      const tried = best.map((other, i) => (i === k ? round : other));
      if (!(misfit(tried) <= bar)) continue;
      best = tried;
      break;
    }
  }
  return best;
}
