import { cadenceOf } from "@/lib/domain/schedules/cadence";
import { followsMetric } from "@/lib/domain/schedules/follows-metric";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { holdAfterRaise, raiseBy, type RaisedAt } from "@/lib/domain/schedules/hold";
import { libraryCurve, type RunLengths } from "@/lib/domain/schedules/library-curve";
import { libraryLength } from "@/lib/domain/schedules/library-length";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { lrs, lrsAt } from "@/lib/domain/schedules/lr-at";
import { isMetricDriven } from "@/lib/domain/schedules/metric-driven";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { countable, scheduleLength } from "@/lib/domain/schedules/schedule-length";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { Curve } from "@/lib/domain/schedules/shared/sample";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** What a run declares: our own plain data, or a library's words. */
export type DeclaredSchedule = ScheduleSpec | LibrarySchedule;

/** A declared schedule over the steps of a run; step t is optimizer update t, from 0. */
export interface CompiledSchedule {
  /** Number of param groups. */
  groups: number;
  /** Optimizer updates after which the schedule has said all it has to say; null when it goes on for ever. */
  length: number | null;
  /** Per group, the LRs of steps `from`, `from + stride`, … below `to`. */
  lrs: (from: number, to: number, stride?: number) => Float64Array[];
  /** Per group, the LRs at the given steps; ascending steps are cheapest. */
  at: (steps: ArrayLike<number>) => Float64Array[];
  /** What the library raises up to a step, and where; null: nothing. */
  raisesBy: (step: number) => RaisedAt | null;
  /** How often the scheduler has been stepped before a step. */
  stepsBefore: (step: number) => number;
  /** Its library's recursion has to be followed: a step costs as much as all those before it. */
  recursive: boolean;
  /** The LR follows a metric as well: what is computed here is where it starts from. */
  needsMetrics: boolean;
}

export function isNative(schedule: DeclaredSchedule): schedule is ScheduleSpec {
  return "kind" in schedule;
}

/** Whether the LR follows a metric as well as the steps, so that no one knows its curve before the run. */
export const needsMetrics = (schedule: DeclaredSchedule): boolean =>
  isNative(schedule) ? followsMetric(schedule) : isMetricDriven(schedule);

/**
 * Prepares a declared schedule for any range of a long run; nothing is computed for steps that are not asked for, except
 * where a library's recursion has to be followed. From a step at which the library would raise on, the last LR holds.
 * Throws ScheduleError for a bad declaration, also when the library's constructor raises or a length is missing.
 */
export function compileDeclared(schedule: DeclaredSchedule, lengths: RunLengths = {}): CompiledSchedule {
  return isNative(schedule) ? compileNative(schedule) : compileLibrary(schedule, lengths);
}

function compileNative(schedule: ScheduleSpec): CompiledSchedule {
  const groups = groupsOf(schedule);
  return {
    groups: groups.length,
    length: scheduleLength(schedule),
    lrs: (from, to, stride = 1) => groups.map((group) => lrs(group, from, to, stride)),
    at: (steps) => groups.map((group) => lrsAt(group, steps)),
    raisesBy: () => null,
    stepsBefore: (step) => step,
    recursive: false,
    needsMetrics: needsMetrics(schedule),
  };
}

function compileLibrary(schedule: LibrarySchedule, lengths: RunLengths): CompiledSchedule {
  const { curve, groups } = construct(schedule, lengths);
  // Indices rather than iterators, and no call that can be spared: there are a million steps in a long run.
  const fill = (count: number, from: number, stride: number, listed?: ArrayLike<number>) => {
    const out = Array.from({ length: groups }, () => new Float64Array(count));
    const [only] = out;
    for (let i = 0, t = from; i < count; i++, t += stride) {
      const values = curve(listed ? (listed[i] ?? NaN) : t);
      if (only && groups === 1) only[i] = values[0] ?? NaN;
      else scatter(values, out, i);
    }
    return out;
  };
  const stepsBefore = callsBefore(schedule, lengths);
  return {
    groups,
    // Few ask, and it takes as long as all the rest.
    get length() {
      const length = libraryLength(schedule);
      const cadence = length === null ? null : cadenceOf(schedule, lengths.stepsPerEpoch);
      const updates = length === null || cadence === null ? length : cadence.updatesFor(length);
      return countable(updates);
    },
    lrs: (from, to, stride = 1) => fill(Math.max(0, Math.ceil((to - from) / stride)), from, stride),
    at: (steps) => inOrder(steps, (ascending) => fill(ascending.length, 0, 1, ascending)),
    raisesBy: (step) => raiseBy(libraryCurve(schedule, lengths), step, stepsBefore),
    stepsBefore,
    recursive: curve.recursive === true,
    needsMetrics: needsMetrics(schedule),
  };
}

/** How often the training has called scheduler.step() before a step. */
function callsBefore(schedule: LibrarySchedule, { stepsPerEpoch }: RunLengths): (step: number) => number {
  const cadence = cadenceOf(schedule, stepsPerEpoch);
  return (step) => cadence?.stepsBefore(step) ?? step;
}

/** Asks in ascending order, whatever order the steps stand in: a recursion does not like to go back. */
function inOrder(
  steps: ArrayLike<number>,
  ask: (ascending: ArrayLike<number>) => Float64Array[],
): Float64Array[] {
  const order = Uint32Array.from({ length: steps.length }, (_, i) => i);
  if (order.every((i) => i === 0 || (steps[i - 1] ?? 0) <= (steps[i] ?? 0))) return ask(steps);
  order.sort((a, b) => (steps[a] ?? 0) - (steps[b] ?? 0));
  const sorted = ask(Float64Array.from(order, (i) => steps[i] ?? NaN));
  return sorted.map((column) => {
    const out = new Float64Array(column.length);
    order.forEach((place, i) => (out[place] = column[i] ?? NaN));
    return out;
  });
}

function scatter(values: readonly number[], out: readonly Float64Array[], i: number): void {
  for (let group = 0; group < out.length; group++) {
    const column = out[group];
    if (column) column[i] = values[group] ?? NaN;
  }
}

function construct(schedule: LibrarySchedule, lengths: RunLengths): { curve: Curve; groups: number } {
  try {
    const curve = holdAfterRaise(libraryCurve(schedule, lengths));
    return { curve, groups: curve(0).length };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new ScheduleError(blamed(schedule, error), `the library raises ${error.type}: ${error.message}`);
  }
}

/** The argument that the library's message names, if it names one that was given. */
function blamed({ kwargs }: LibrarySchedule, { message }: PythonError): string {
  const words = message.split(/\W+/);
  const named = Object.keys(kwargs).find((name) => words.includes(name));
  return named === undefined ? "schedule" : `schedule.kwargs.${named}`;
}
