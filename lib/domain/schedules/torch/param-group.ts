import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { baseLrsOf } from "@/lib/domain/schedules/shared/schedule-input";

/** What schedulers read and write in `optimizer.param_groups`; undefined is a missing key. */
export interface ParamGroup {
  lr: number;
  momentum: number;
  initialLr?: number;
  maxLr?: number;
  minLr?: number;
  swaLr?: number;
}

/** SGD's momentum in the golden files; only seen when no scheduler cycles it. */
const MOMENTUM = 0.9;

/** The optimizer before the scheduler is built: from `base_lrs`, or as found when resuming. */
export function paramGroups(schedule: LibrarySchedule): ParamGroup[] {
  const { resume } = schedule;
  const lrs = resume?.group_lr ?? baseLrsOf(schedule);
  if (resume && resume.initial_lr.length !== lrs.length) {
    throw new ScheduleError(
      "schedule.resume.initial_lr",
      `expected ${lrs.length} entries, one per param group`,
    );
  }
  return lrs.map((lr, i) => ({ lr, momentum: MOMENTUM, initialLr: resume?.initial_lr[i] }));
}

/** A scheduler's base LRs: the groups' `initial_lr`, which the first fresh scheduler sets from `lr`. */
export function claimBaseLrs(groups: readonly ParamGroup[], lastEpoch: number): number[] {
  return groups.map((group, i) => {
    if (lastEpoch === -1) group.initialLr ??= group.lr;
    if (group.initialLr === undefined) {
      throw new PythonError("KeyError", `param 'initial_lr' is not specified in param_groups[${i}]`);
    }
    return group.initialLr;
  });
}

/** torch's `_format_param`: one value for all groups, or a list with one for each. */
export function perGroup<T>(name: string, value: T | readonly T[], groups: number): readonly T[] {
  if (!isList(value)) return Array.from({ length: groups }, () => value);
  if (value.length === groups) return value;
  const found = `${name} has ${value.length} values, param_groups has ${groups}`;
  throw new PythonError(
    "ValueError",
    `${name} must have the same length as optimizer.param_groups. ${found}`,
  );
}

/** Array.isArray does not narrow readonly arrays. */
function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
