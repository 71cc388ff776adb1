import { isUneven, unitStepping } from "@/lib/domain/schedules/cadence";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { torchToNative } from "@/lib/domain/schedules/torch/to-native";
import { transformersToNative } from "@/lib/domain/schedules/transformers/to-native";

/**
 * The native schedule that gives the same LRs as a torch or transformers schedule in plain use, step by step up to its
 * length (beyond, torch's cosine rises again, ours stays). Null where there is none. A schedule stepped per epoch is
 * counted in epochs when `stepsPerEpoch` is not given. Throws ScheduleError for a bad declaration.
 */
export function toNative(
  schedule: LibrarySchedule,
  options: { stepsPerEpoch?: number | null } = {},
): ScheduleSpec | null {
  const between = updatesBetween(schedule, options.stepsPerEpoch);
  const specs = isUneven(schedule) || between === null ? null : convert(schedule);
  if (!specs) return null;
  const [only] = specs;
  const spec: ScheduleSpec | undefined =
    specs.length === 1 ? only : { kind: "groups", groups: specs.map((group) => ({ spec: group })) };
  if (!spec) return null;
  return between === null || between === 1 ? spec : { kind: "per_epoch", spec, steps_per_epoch: between };
}

/** Updates between two steps of the scheduler; without an epoch's length the unit is the epoch, if it is stepped in each. */
function updatesBetween(schedule: LibrarySchedule, stepsPerEpoch?: number | null): number | null {
  const { unit, every } = unitStepping(schedule);
  if (unit === "step") return every;
  return stepsPerEpoch ? stepsPerEpoch * every : every === 1 ? 1 : null;
}

/** Whether the scheduler is stepped once per epoch. */
export function countsEpochs({ stepping }: LibrarySchedule): boolean {
  return unitStepping({ stepping }).unit === "epoch";
}

function convert(schedule: LibrarySchedule): ScheduleSpec[] | null {
  const library = libraryOf(schedule);
  if (schedule.resume || !schedule.base_lrs?.length) return null;
  try {
    if (library === "torch") return torchToNative(schedule);
    return library === "transformers" ? transformersToNative(schedule) : null;
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}
