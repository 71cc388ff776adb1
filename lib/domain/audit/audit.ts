import type { LrChange } from "@/lib/domain/control/effective";
import { unitStepping } from "@/lib/domain/schedules/cadence";
import { type CompiledSchedule, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { bestConvention } from "./conventions";
import { relativeError } from "./drift";
import { explain } from "./explain";
import { checkPlateau, type MetricPoint, plateauRule } from "./plateau";
import { type Problem, problemOf } from "./problem";
import type { AuditReport, Explanation, Finding, LrPoint } from "./report";
import { sentences } from "./sentences";

export interface AuditInput {
  /** One LR a step, steps ascending. Values that are not finite are passed over. */
  log: readonly LrPoint[];
  declared: DeclaredSchedule;
  compiled: CompiledSchedule;
  /** The control requests that were applied: with them the declared LR becomes the effective one. */
  changes?: readonly LrChange[];
  stepsPerEpoch?: number | null;
  totalSteps?: number | null;
  /** The param group whose LR was logged. */
  group?: number;
  /** What a declared reduce-on-plateau monitors, one value a step, steps ascending. */
  metric?: readonly MetricPoint[];
}

/** Points that must part from the schedule before anything is said. */
const LEAST_OFF = 3;

/**
 * Actual against effective LR, as diagnoses: one for the whole run where one explains it, else one for each stretch. A
 * log that follows its schedule under some logger's convention has none.
 */
export function auditLr(input: AuditInput): AuditReport {
  const { declared, compiled, stepsPerEpoch = null, totalSteps = null } = input;
  const finite = input.log.filter(({ lr }) => Number.isFinite(lr));
  if (finite.length === 0) return { verdict: "no_lr", findings: [], offset: null, max_relative_error: null };
  const unit = unitOf(declared, stepsPerEpoch);
  // Epochs for steps, as per-epoch loggers write them.
  const scale = unit > 1 && countsInEpochs(finite) ? unit : 1;
  const problem = problemOf({
    declared,
    compiled,
    log: scale === 1 ? finite : finite.map((point) => ({ ...point, step: point.step * scale })),
    changes: input.changes?.map((change) => ({ ...change, step: change.step * scale })),
    unit,
    stepsPerEpoch,
    totalSteps,
    group: input.group,
  });
  const { offset, worst, found } = compiled.needsMetrics
    ? followsMetric(problem, declared, input.metric ?? [])
    : followsSteps(problem);
  const findings = found.map((explanation) => worded(problem, explanation, scale));
  return { verdict: findings.length > 0 ? "drift" : "match", findings, offset, max_relative_error: worst };
}

interface Judged {
  offset: number | null;
  worst: number | null;
  found: Explanation[];
}

function followsSteps(problem: Problem): Judged {
  const { offset, worst, off } = bestConvention(problem);
  if (off.length < LEAST_OFF) return { offset, worst, found: [] };
  const found = explain(problem, off.length);
  // Not only what fits: a log that parts from its schedule for a reason has no convention to report.
  return { offset: found.length > 0 ? 0 : offset, worst, found };
}

function followsMetric(problem: Problem, declared: DeclaredSchedule, metric: readonly MetricPoint[]): Judged {
  const rule = plateauRule(declared);
  if (!rule || metric.length === 0) return { offset: null, worst: null, found: [] };
  const { offset, expected, findings } = checkPlateau(problem, rule, seenValues(declared, metric));
  const worst = problem.points.reduce(
    (max, { lr }, i) => Math.max(max, relativeError(lr, expected[i] ?? Number.NaN, problem.peak)),
    0,
  );
  return { offset, worst, found: findings };
}

/** What a declared reduce-on-plateau is given: every value once, unless its training calls it otherwise. */
function seenValues(declared: DeclaredSchedule, metric: readonly MetricPoint[]): readonly MetricPoint[] {
  if (isNative(declared)) return metric;
  const { every, calls } = unitStepping(declared);
  const seen = metric.filter((_, i) => (i + 1) % every === 0);
  return seen.flatMap((point) => Array.from({ length: calls }, () => point));
}

/** Steps between two calls of scheduler.step(), as declared. */
function unitOf(declared: DeclaredSchedule, stepsPerEpoch: number | null): number {
  if (isNative(declared)) return declared.kind === "per_epoch" ? declared.steps_per_epoch : 1;
  const { unit, every } = unitStepping(declared);
  return every * (unit === "epoch" ? (stepsPerEpoch ?? 1) : 1);
}

function countsInEpochs(points: readonly LrPoint[]): boolean {
  return points.length >= LEAST_OFF && points.every(({ step, epoch }) => step === epoch);
}

function worded(problem: Problem, explanation: Explanation, scale: number): Finding {
  const { code, params } = explanation;
  const from_step = Math.round(explanation.from / scale);
  const to_step = Math.round(explanation.to / scale);
  return { code, from_step, to_step, params, ...sentences(explanation, problem) };
}
