import { effectiveLrs, type LrChange } from "@/lib/domain/control/effective";
import type { CompiledSchedule, DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { formulasPerStep } from "@/lib/domain/schedules/schedule-cost";
import { type DeclaredCurve, declaredCurve } from "./curve";
import { effort, type Effort } from "./effort";
import { gridUpTo } from "./intervals";
import { sharedPeak } from "./peak";
import type { LrPoint } from "./report";
import { thinLog } from "./thin-log";
import { type Allowed, tolerancesOf, type Tolerances } from "./tolerance";

/** What the explanations are tried on. */
export interface Problem {
  declared: DeclaredSchedule;
  points: readonly LrPoint[];
  curve: DeclaredCurve;
  stepsPerEpoch: number | null;
  /** Steps after which the schedule has said all; null: it goes on for ever. */
  length: number | null;
  totalSteps: number | null;
  /** The largest LR that is declared as well as logged, but for a few absurd ones. */
  peak: number;
  tolerances: Tolerances;
  /** Expected LRs, one a point, from a rule for the declared one, with the changes that were applied on top. */
  expect: (declaredAt: (step: number) => number) => Float64Array;
  /** The same from the declared LRs of the points. */
  apply: (declared: Float64Array) => Float64Array;
  /** The same for one point, from the declared LR itself. */
  expectOne: (index: number, declared: number) => number;
  /** Formulas of one step of the declared schedule. */
  perStep: number;
  /** Left for schedules other than the declared one, and for those of a stretch. */
  tries: Effort;
  triesInStretches: Effort;
  /** `apply` makes the LRs go on from the first point's, whichever points of the rest there are. */
  rebased?: true;
  /** Param group and changes, for `narrowed`. */
  group: number;
  changes: readonly LrChange[];
  /** Positions of the schedule to look for an LR at, as far as it or the run goes. */
  grid: readonly number[];
  /** Points so close to an applied change that they may show the LR before or after it. */
  masked: readonly boolean[];
}

export interface ProblemInput {
  declared: DeclaredSchedule;
  compiled: CompiledSchedule;
  /** All of it; the problem's points are fewer. */
  log: readonly LrPoint[];
  changes?: readonly LrChange[];
  unit: number;
  stepsPerEpoch: number | null;
  totalSteps: number | null;
  /** The param group whose LR was logged. */
  group?: number;
}

/** Formulas for schedules other than the declared one: about a second. */
const TRIES = 12_000_000;

export function problemOf({ compiled, log, changes = [], group = 0, ...rest }: ProblemInput): Problem {
  const reach = log.at(-1)?.step ?? 0;
  const perStep = formulasPerStep(rest.declared);
  const curve = declaredCurve(compiled, { unit: rest.unit, group, reach, points: log.length, perStep });
  const points = thinLog(log, curve.atStep);
  const straight = points.map(({ step }) => curve.atStep(step));
  const values = points.map(({ lr }) => lr);
  const peak = sharedPeak(straight, values);
  const { length } = compiled;
  const grid = gridUpTo(Math.max(Math.ceil(length ?? 0), reach) + 1);
  const efforts = { tries: effort(TRIES), triesInStretches: effort(TRIES) };
  const shared = { ...rest, ...efforts, group, changes, curve, perStep, length, grid, peak };
  return { ...shared, tolerances: tolerancesOf(values, peak), ...onPoints(points, shared) };
}

/** The same question about some of the points. */
export function narrowed(problem: Problem, indices: readonly number[]): Problem {
  const points = indices.flatMap((index) => problem.points[index] ?? []);
  return { ...problem, ...onPoints(points, problem) };
}

export function onPoints(
  points: readonly LrPoint[],
  { changes, group, curve }: Pick<Problem, "changes" | "group" | "curve">,
): Pick<Problem, "points" | "expect" | "apply" | "expectOne" | "masked"> {
  const steps = points.map(({ step }) => step);
  const effective = (declared: Float64Array, at: readonly number[]) =>
    changes.length === 0
      ? declared
      : effectiveLrs(declared, at, changes, { group, declaredAt: curve.atStep });
  return {
    points,
    expect: (declaredAt) => effective(Float64Array.from(steps, declaredAt), steps),
    apply: (declared) => effective(declared, steps),
    expectOne: (index, declared) =>
      changes.length === 0
        ? declared
        : (effective(Float64Array.of(declared), [steps[index] ?? 0])[0] ?? Number.NaN),
    masked: steps.map((step) => changes.some((change) => Math.abs(change.step - step) <= 1)),
  };
}

/** The first point from `from` on (below `to`) that the expected LRs do not explain; `to` when all are. */
export function firstMisfit(
  { points, masked }: Problem,
  expected: Float64Array,
  allowed: Allowed,
  from = 0,
  to = points.length,
): number {
  for (let i = from; i < to; i += 1) {
    const actual = points[i]?.lr ?? Number.NaN;
    const lr = expected[i] ?? Number.NaN;
    if (!masked[i] && !(Math.abs(actual - lr) <= allowed(actual, lr))) return i;
  }
  return to;
}

export const fits = (problem: Problem, expected: Float64Array, allowed: Allowed): boolean =>
  firstMisfit(problem, expected, allowed) === problem.points.length;

export const stepAt = ({ points }: Problem, index: number): number => points[index]?.step ?? 0;

/** A diagnosis of the whole run. */
export const throughout = (problem: Problem) => ({
  from: stepAt(problem, 0),
  to: stepAt(problem, problem.points.length - 1),
});
