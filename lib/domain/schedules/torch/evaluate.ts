import type {
  LibraryEvaluation,
  LibrarySchedule,
  ScheduleRaise,
} from "@/lib/domain/schedules/library-schedule";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { steppingOf } from "@/lib/domain/schedules/shared/schedule-input";
import { readBlueprint } from "./blueprint";
import { construct, cyclesMomentum } from "./construct";
import { paramGroups } from "./param-group";

/**
 * Drives a torch scheduler by `stepping` (`step` or `calls`): the LRs after construction and after every call, and where
 * torch raises. Throws ScheduleError for a bad declaration.
 */
export function evaluateTorch(schedule: LibrarySchedule): LibraryEvaluation {
  const calls = callsOf(schedule);
  const groups = paramGroups(schedule);
  const result: LibraryEvaluation = { lrs_by_group: groups.map(() => []) };
  const momentums: number[] = [];
  const record = () => {
    groups.forEach((group, i) => result.lrs_by_group[i]?.push(group.lr));
    momentums.push(groups[0]?.momentum ?? NaN);
  };
  let place: Pick<ScheduleRaise, "at" | "call_index"> = { at: "construct" };
  try {
    const blueprint = readBlueprint(schedule, "schedule", groups.length);
    const scheduler = construct(blueprint, groups);
    if (cyclesMomentum(blueprint)) result.momentums = momentums;
    record();
    for (const [call_index, call] of calls.entries()) {
      place = { at: "step", call_index };
      if (call === null) scheduler.step();
      else scheduler.stepTo(call);
      record();
    }
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    result.raises = { ...place, type: error.type, message: error.message };
  }
  return result;
}

function callsOf(schedule: LibrarySchedule): readonly (number | null)[] {
  const stepping = steppingOf(schedule, ["step", "calls"]);
  if (stepping.mode === "calls") return stepping.calls;
  return Array.from({ length: Math.max(0, stepping.count - 1) }, () => null);
}
