import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { type MetricPoint, ratesAt, ruleRates } from "@/lib/domain/plateau/rate-changes";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { OFFSETS } from "./conventions";
import { firstScaled, middle, nice } from "./explain-simple";
import { noCut, onlyCuts } from "./no-cut";
import { firstMisfit, fits, type Problem, stepAt, throughout } from "./problem";
import type { Explanation, FindingParams } from "./report";

/** A declared reduce-on-plateau replayed on the metric that it monitors. */
export interface PlateauCheck {
  offset: number;
  expected: Float64Array;
  findings: Explanation[];
}

/** Points after the first difference before it counts. */
const LEAST_POINTS = 3;

/** The rule of a declared reduce-on-plateau; null: it stands inside another schedule, or its library refuses it. */
export function plateauRule(declared: DeclaredSchedule): DetectorSpec | null {
  try {
    if (!isNative(declared)) {
      const { library, constructor, kwargs, monitor } = declared;
      return normalisePolicy({ library, constructor, config: kwargs, metric: monitor ?? null }).spec;
    }
    if (declared.kind !== "reduce_on_plateau") return null;
    const {
      monitor: metric,
      mode,
      factor,
      patience,
      threshold,
      threshold_mode,
      cooldown,
      min_lr,
      eps,
    } = declared;
    const options = { factor, patience, threshold, threshold_mode, cooldown, min_lr, eps };
    const given = Object.fromEntries(Object.entries(options).filter(([, option]) => option !== undefined));
    return normalisePolicy({ detector: "torch", metric, mode: mode ?? null, ...given }).spec;
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

export function checkPlateau(
  problem: Problem,
  rule: DetectorSpec,
  metric: readonly MetricPoint[],
): PlateauCheck {
  const checks = OFFSETS.map((offset) => {
    const expected = replayed(problem, rule, metric, offset);
    return { offset, expected, misfit: firstMisfit(problem, expected, problem.tolerances.loose) };
  });
  // Another offset moves the first misfit by a point without explaining it.
  const best = checks.reduce((top, next) => (next.misfit > top.misfit + 1 ? next : top));
  const { offset, expected, misfit } = best;
  const n = problem.points.length;
  if (n - misfit < LEAST_POINTS) return { offset, expected, findings: [] };
  const scaled = scaledBase(problem, rule, metric);
  if (scaled) return { ...scaled, findings: [scaled.found] };
  return { offset, expected, findings: [mismatch(problem, rule, metric, { offset, expected, misfit })] };
}

/** Steps of cuts that are listed. */
const MOST_LISTED = 20;

function mismatch(
  problem: Problem,
  rule: DetectorSpec,
  metric: readonly MetricPoint[],
  { offset, expected, misfit }: { offset: number; expected: Float64Array; misfit: number },
): Explanation {
  const { points } = problem;
  const expectedCuts = cutsOf(problem, expected);
  const actualCuts = cutsOf(
    problem,
    points.map(({ lr }) => lr),
  );
  // Of an LR that was never cut any rule that makes no cut would be the one.
  const fitted = actualCuts.length > 0 ? refitted(problem, rule, metric, offset) : {};
  const moved = fitted.name === undefined && onlyCuts(rule) ? noCut(problem, rule) : null;
  if (moved) return moved;
  const params: FindingParams = {
    expected_cuts: expectedCuts.slice(0, MOST_LISTED),
    actual_cuts: actualCuts.slice(0, MOST_LISTED),
    expected_count: expectedCuts.length,
    actual_count: actualCuts.length,
    expected_lr: expected[misfit] ?? Number.NaN,
    actual_lr: points[misfit]?.lr ?? Number.NaN,
    ...fitted,
  };
  return {
    code: "plateau_mismatch",
    from: stepAt(problem, misfit),
    to: stepAt(problem, points.length - 1),
    params,
  };
}

/** The rule followed from another LR than the declared one. */
function scaledBase(problem: Problem, rule: DetectorSpec, metric: readonly MetricPoint[]) {
  const { points, curve, tolerances } = problem;
  const base = curve.atStep(0);
  for (const offset of OFFSETS) {
    const expected = replayed(problem, rule, metric, offset);
    const ratio = (points[0]?.lr ?? Number.NaN) / (expected[0] ?? Number.NaN);
    for (const factor of [nice(ratio, 1e-3), nice(ratio)]) {
      if (!(factor > 0 && Number.isFinite(factor))) continue;
      const other = replayed(problem, rule, metric, offset, base * factor);
      if (!fits(problem, other, tolerances.loose)) continue;
      const params = { factor, ...firstScaled(problem, factor) };
      return { offset, expected, found: { code: "scaled" as const, ...throughout(problem), params } };
    }
  }
  return null;
}

/** The LR at each logged step: that after all values before it (offset 0), before and at it (1), or a step less (-1). */
function replayed(
  problem: Problem,
  rule: DetectorSpec,
  metric: readonly MetricPoint[],
  offset: number,
  base = problem.curve.atStep(0),
): Float64Array {
  const rates = ruleRates(rule, [base], metric);
  return problem.apply(
    ratesAt(
      rates,
      problem.points.map(({ step }) => step + offset),
    ),
  );
}

export function cutsOf({ points, tolerances }: Problem, lrs: ArrayLike<number>): number[] {
  return points.flatMap(({ step }, i) => {
    const [before = Number.NaN, now = Number.NaN] = [lrs[i - 1], lrs[i]];
    return now < before && before - now > tolerances.loose(before, now) ? [step] : [];
  });
}

/** The one option with another value under which the cuts do follow; nothing when there is none. */
function refitted(
  problem: Problem,
  rule: DetectorSpec,
  metric: readonly MetricPoint[],
  offset: number,
): FindingParams {
  for (const { name, declared, fitted, spec } of variations(problem, rule)) {
    const expected = replayed(problem, spec, metric, offset);
    if (firstMisfit(problem, expected, problem.tolerances.loose) === problem.points.length)
      return { name, declared, fitted };
  }
  return {};
}

interface Variation {
  name: string;
  declared: string | number;
  fitted: string | number;
  spec: DetectorSpec;
}

function variations({ points }: Problem, rule: DetectorSpec): Variation[] {
  const lrs = points.map(({ lr }) => lr);
  const ratios = lrs.flatMap((lr, i) => (i > 0 && lr < (lrs[i - 1] ?? 0) ? [lr / (lrs[i - 1] ?? 1)] : []));
  const varied = <K extends "patience" | "cooldown" | "factor">(name: K, fitted: number): Variation => ({
    name,
    declared: rule[name],
    fitted,
    spec: { ...rule, [name]: fitted },
  });
  const upTo = (last: number) => Array.from({ length: last + 1 }, (_, i) => i);
  return [
    ...(ratios.length > 0 ? [varied("factor", nice(middle(ratios), 1e-4))] : []),
    ...upTo(100).map((patience) => varied("patience", patience)),
    ...upTo(50).map((cooldown) => varied("cooldown", cooldown)),
    ...thresholds(rule),
  ].filter(({ declared, fitted }) => declared !== fitted);
}

function thresholds(rule: DetectorSpec): Variation[] {
  if (rule.rule !== "torch" && rule.rule !== "timm") return [];
  const { mode, threshold, threshold_mode } = rule;
  const flipped = mode === "min" ? "max" : "min";
  const other = threshold_mode === "rel" ? "abs" : "rel";
  return [
    { name: "mode", declared: mode, fitted: flipped, spec: { ...rule, mode: flipped } },
    {
      name: "threshold_mode",
      declared: threshold_mode,
      fitted: other,
      spec: { ...rule, threshold_mode: other },
    },
    ...[0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1].map((fitted) => ({
      name: "threshold",
      declared: threshold,
      fitted,
      spec: { ...rule, threshold: fitted },
    })),
  ];
}
