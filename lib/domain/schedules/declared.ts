import { followsMetric } from "@/lib/domain/schedules/follows-metric";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { holdAfterRaise } from "@/lib/domain/schedules/hold";
import { epochLength, libraryCurve, type RunLengths } from "@/lib/domain/schedules/library-curve";
import { libraryLength } from "@/lib/domain/schedules/library-length";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { lrs, lrsAt } from "@/lib/domain/schedules/lr-at";
import { isMetricDriven } from "@/lib/domain/schedules/metric-driven";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
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
  /** The LR follows a metric as well: what is computed here is where it starts from. */
  needsMetrics: boolean;
}

export function isNative(schedule: DeclaredSchedule): schedule is ScheduleSpec {
  return "kind" in schedule;
}

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
    needsMetrics: followsMetric(schedule),
  };
}

function compileLibrary(schedule: LibrarySchedule, lengths: RunLengths): CompiledSchedule {
  const { curve, groups } = construct(schedule, lengths);
  const fill = (count: number, step: (i: number) => number) => {
    const out = Array.from({ length: groups }, () => new Float64Array(count));
    // Indices rather than iterators: there are a million steps in a long run.
    for (let i = 0; i < count; i++) {
      const values = curve(step(i));
      for (let group = 0; group < groups; group++) {
        const column = out[group];
        if (column) column[i] = values[group] ?? NaN;
      }
    }
    return out;
  };
  return {
    groups,
    // Few ask, and it takes as long as all the rest.
    get length() {
      const length = libraryLength(schedule);
      return length && length * (epochLength(schedule, lengths) ?? 1);
    },
    lrs: (from, to, stride = 1) =>
      fill(Math.max(0, Math.ceil((to - from) / stride)), (i) => from + i * stride),
    at: (steps) => fill(steps.length, (i) => steps[i] ?? NaN),
    needsMetrics: isMetricDriven(schedule),
  };
}

function construct(schedule: LibrarySchedule, lengths: RunLengths): { curve: Curve; groups: number } {
  try {
    const curve = holdAfterRaise(libraryCurve(schedule, lengths));
    return { curve, groups: curve(0).length };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new ScheduleError("schedule", `the library raises ${error.type}: ${error.message}`);
  }
}
