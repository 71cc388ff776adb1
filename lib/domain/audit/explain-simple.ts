import { OFFSETS } from "./conventions";
import { fits, type Problem, throughout } from "./problem";
import type { Explanation } from "./report";
import type { Allowed } from "./tolerance";

/** Tries one kind of mistake on the whole run; null: it does not explain the log, or the log is too short to say. */
export type Hypothesis = (problem: Problem, allowed: Allowed) => Explanation | null;

/** Calls of scheduler.step() that should have been made before a standstill counts: a loss scaler may skip a few. */
const STANDSTILL_CALLS = 20;
const STANDSTILL_EPOCHS = 2;

export const neverStepped: Hypothesis = (problem, allowed) =>
  stoodAt(problem, problem.curve.atStep(0), allowed);

/** It never moved from some LR, as an optimizer without any scheduler does. */
export const unscheduled: Hypothesis = (problem, allowed) =>
  stoodAt(problem, problem.points[0]?.lr ?? Number.NaN, allowed);

export function stoodLong({ curve, points }: Problem): boolean {
  const first = points[0]?.step ?? 0;
  const last = points.at(-1)?.step ?? 0;
  const calls = (last - first) / curve.unit;
  return calls >= (curve.unit > 1 ? STANDSTILL_EPOCHS : STANDSTILL_CALLS);
}

function stoodAt(problem: Problem, lr: number, allowed: Allowed): Explanation | null {
  if (!stoodLong(problem)) return null;
  const expected = problem.expect(() => lr);
  if (!fits(problem, expected, allowed)) return null;
  return { code: "never_stepped", ...throughout(problem), params: { lr } };
}

/** A share of the effective LR throughout; a round one, where the offset leaves a choice. */
export const scaled: Hypothesis = (problem, allowed) => {
  const factors = OFFSETS.flatMap((offset) => factorAt(problem, offset, allowed) ?? []);
  const factor = factors.find(isRound) ?? factors[0];
  if (factor === undefined) return null;
  const params = { factor, ...firstScaled(problem, factor) };
  return { code: "scaled", ...throughout(problem), params };
};

/** Where the factor first shows: at a step whose declared LR is not 0. */
export function firstScaled({ curve, points }: Problem, factor: number) {
  const steps = [0, ...points.map(({ step }) => step)];
  const step = steps.find((at) => curve.atStep(at) !== 0) ?? 0;
  const declared_lr = curve.atStep(step);
  return { step, declared_lr, actual_lr: declared_lr * factor };
}

export const isRound = (factor: number): boolean => Number(factor.toPrecision(3)) === factor;

function factorAt(problem: Problem, offset: number, allowed: Allowed): number | null {
  const { points, curve, peak } = problem;
  const expected = problem.expect((step) => curve.atStep(step + offset));
  const ratios = points.flatMap(({ lr }, i) => {
    const lrHere = expected[i] ?? 0;
    return lrHere > peak * 1e-4 ? [lr / lrHere] : [];
  });
  const about = middle(ratios);
  // A log that was rounded shows the factor with its own rounding.
  const candidates = [nice(about, 1e-3), nice(about, 1e-4), nice(about)];
  const explains = (factor: number) =>
    factor > 0 &&
    fits(
      problem,
      expected.map((lr) => lr * factor),
      allowed,
    );
  return candidates.find(explains) ?? null;
}

/** Held at a floor or a ceiling wherever the effective LR goes beyond it. */
export const clipped: Hypothesis = (problem, allowed) => {
  const lrs = problem.points.map(({ lr }) => lr);
  const bounds = [
    { kind: "floor", bound: Math.min(...lrs), cut: Math.max },
    { kind: "ceiling", bound: Math.max(...lrs), cut: Math.min },
  ] as const;
  for (const offset of OFFSETS) {
    const expected = problem.expect((step) => problem.curve.atStep(step + offset));
    for (const { kind, bound, cut } of bounds) {
      const held = expected.map((lr) => cut(lr, bound));
      const at = held.reduce<number[]>((found, lr, i) => (lr === expected[i] ? found : [...found, i]), []);
      const free = held.length - at.length;
      if (free < 3 || !fits(problem, held, allowed)) continue;
      const from = problem.points[at[0] ?? 0]?.step ?? 0;
      const to = problem.points[at.at(-1) ?? 0]?.step ?? 0;
      return { code: "clipped", from, to, params: { [kind]: bound } };
    }
  }
  return null;
};

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** 0.5 rather than 0.49999998: a parameter that a person chose has few digits. */
export function nice(value: number, within = 1e-6): number {
  for (let digits = 1; digits <= 6; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.abs(short - value) <= within * Math.abs(value)) return short;
  }
  return value;
}
