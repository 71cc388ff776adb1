import type { LrChange } from "@/lib/domain/control/effective";
import { unitStepping } from "@/lib/domain/schedules/cadence";
import { type CompiledSchedule, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { bestConvention } from "./conventions";
import { relativeError } from "./drift";
import { explain } from "./explain";
import type { MetricPoint } from "@/lib/domain/plateau/rate-changes";
import { checkPlateau, plateauRule } from "./plateau";
import { monitorOf, withoutMetric } from "./plateau-blind";
import { averaged, halfNote, pastEnd, rounded } from "./notes";
import { type Problem, problemOf, throughout } from "./problem";
import {
  type AuditReport,
  type Explanation,
  type Finding,
  type FindingCode,
  isNote,
  type LrPoint,
} from "./report";
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
  /** The param group whose LR was logged; not known: the first, unless it is another one's throughout. */
  group?: number;
  /** Other metrics of the run that count its steps. */
  counters?: readonly Counter[];
  /** What a declared reduce-on-plateau monitors, one value a step, steps ascending. */
  metric?: readonly MetricPoint[];
}

/** A metric that counts steps, as `global_step` does, by the step that it was logged at. */
export interface Counter {
  key: string;
  values: readonly MetricPoint[];
}

/** Points that must part from the schedule before anything is said. */
const LEAST_OFF = 3;

/**
 * Actual against effective LR, as diagnoses: one for the whole run where one explains it, else one for each stretch. A
 * log that follows its schedule under some logger's convention has none.
 */
export function auditLr(input: AuditInput): AuditReport {
  const { compiled } = input;
  const finite = input.log.filter(({ lr }) => Number.isFinite(lr));
  if (finite.length === 0) return { verdict: "no_lr", findings: [], offset: null, max_relative_error: null };
  const { problem, scale } = askedOf(input, finite);
  const judged = compiled.needsMetrics
    ? followsMetric(problem, input.declared, input.metric ?? [])
    : followsSteps(problem);
  const { offset, worst, found, undecided } =
    (isOff(judged) && (ofAnotherGroup(input, finite) ?? countedOtherwise(input, finite))) || judged;
  const past = found.some(({ code }) => OTHER_CALLS.has(code)) ? null : pastEnd(problem, compiled);
  const findings = [...found, ...(past ? [past] : [])].map((each) => worded(problem, each, scale));
  const follows = undecided ? "undecided" : "match";
  const verdict = findings.some(({ code }) => !isNote(code)) ? "drift" : follows;
  return { verdict, findings, offset, max_relative_error: worst };
}

/** After these it was not called as declared, or was another one: where the declared one ends says nothing. */
const OTHER_CALLS: ReadonlySet<FindingCode> = new Set(["time_scale", "never_stepped", "parameter"]);

const isOff = ({ found }: Judged): boolean => found.some(({ code }) => !isNote(code));

function askedOf(input: AuditInput, log: readonly LrPoint[]): { problem: Problem; scale: number } {
  const { declared, compiled, stepsPerEpoch = null, totalSteps = null, group } = input;
  const unit = unitOf(declared, stepsPerEpoch);
  // Epochs for steps, as per-epoch loggers write them.
  const scale = unit > 1 && countsInEpochs(log) ? unit : 1;
  const problem = problemOf({
    declared,
    compiled,
    log: scale === 1 ? log : log.map((point) => ({ ...point, step: point.step * scale })),
    changes: input.changes?.map((change) => ({ ...change, step: change.step * scale })),
    unit,
    stepsPerEpoch,
    totalSteps,
    group,
  });
  return { problem, scale };
}

/** Param groups that are looked through for the logged LR. */
const MOST_GROUPS = 64;

/** The log as the LR of another declared param group, which it follows point by point. */
function ofAnotherGroup(input: AuditInput, log: readonly LrPoint[]): Judged | null {
  const { compiled, group: asked } = input;
  if (asked !== undefined || compiled.needsMetrics) return null;
  for (let group = 1; group < Math.min(compiled.groups, MOST_GROUPS); group += 1) {
    const { problem } = askedOf({ ...input, group }, log);
    const { offset, worst, off } = bestConvention(problem);
    if (off.length > 0) continue;
    const found = { code: "other_group" as const, ...throughout(problem), params: { group } };
    return { offset, worst, found: [found] };
  }
  return null;
}

/** The log by another count of its steps, where it follows its schedule by that one. */
function countedOtherwise(input: AuditInput, log: readonly LrPoint[]): Judged | null {
  const span = (points: readonly LrPoint[]) => (points.at(-1)?.step ?? 0) - (points[0]?.step ?? 0);
  for (const { key, values } of input.counters ?? []) {
    const counted = recounted(log, values);
    if (!counted || counted.length < LEAST_COUNTED) continue;
    const judged = followsSteps(askedOf(input, counted).problem);
    if (isOff(judged)) continue;
    const [from, to] = [log[0]?.step ?? 0, log.at(-1)?.step ?? 0];
    const params = { N: span(counted) / span(log), cadence: "counter", counter: key };
    return { ...judged, offset: 0, found: [{ code: "time_scale", from, to, params }] };
  }
  return null;
}

/** The log with another metric for its steps; null: that one does not count each point, upwards. */
function recounted(log: readonly LrPoint[], values: readonly MetricPoint[]): LrPoint[] | null {
  const counts = new Map(values.map(({ step, value }) => [step, value]));
  const counted = log.map((point) => ({ ...point, step: counts.get(point.step) ?? Number.NaN }));
  const ascends = counted.every(
    ({ step }, i) => Number.isSafeInteger(step) && step > (counted[i - 1]?.step ?? -1),
  );
  return ascends ? counted : null;
}

/** Points that the other count has to explain. */
const LEAST_COUNTED = 8;

interface Judged {
  offset: number | null;
  worst: number | null;
  found: Explanation[];
  /** It is not as declared, or cannot be compared, and there is nothing to say of it. */
  undecided?: boolean;
}

function followsSteps(problem: Problem): Judged {
  const convention = bestConvention(problem);
  const { offset, worst, off } = convention;
  if (off.length < LEAST_OFF) {
    const note = halfNote(problem, convention);
    // What went off at the very end may be the beginning of something.
    const undecided = off.length > 0 && (off.at(-1) ?? 0) >= problem.points.length - LEAST_OFF;
    return {
      offset,
      worst: undecided ? worst : convention.worstFollowed,
      found: note ? [note] : [],
      undecided,
    };
  }
  problem.curve.limit();
  const reading = rounded(problem) ?? averaged(problem);
  if (reading) return { offset: 0, worst: worstOf(problem, reading.expected), found: [reading.found] };
  const found = explain(problem, off);
  // Not only what fits: a log that parts from its schedule for a reason has no convention to report.
  return { offset: found.length > 0 ? 0 : offset, worst, found, undecided: found.length === 0 };
}

function followsMetric(problem: Problem, declared: DeclaredSchedule, metric: readonly MetricPoint[]): Judged {
  const rule = plateauRule(declared);
  if (!rule || metric.length === 0)
    return {
      offset: null,
      worst: null,
      found: [withoutMetric(problem, rule, monitorOf(declared))],
      undecided: true,
    };
  const { offset, expected, findings } = checkPlateau(problem, rule, seenValues(declared, metric));
  return { offset, worst: worstOf(problem, expected), found: findings };
}

const worstOf = ({ points, peak }: Problem, expected: Float64Array): number =>
  points.reduce((max, { lr }, i) => Math.max(max, relativeError(lr, expected[i] ?? Number.NaN, peak)), 0);

/** What a declared reduce-on-plateau is given: every value once, unless its training calls it otherwise. */
export function seenValues(
  declared: DeclaredSchedule,
  metric: readonly MetricPoint[],
): readonly MetricPoint[] {
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
