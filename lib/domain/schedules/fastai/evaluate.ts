import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { findConstructor } from "@/lib/domain/schedules/shared/constructors";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { schedCos, schedExp, schedLin, schedNo, schedPoly, type FastaiConstructor } from "./curves";
import { combinedCosine, fitFlatCos, fitOneCycle, fitSgdr } from "./fit";

const CONSTRUCTORS: Readonly<Record<string, FastaiConstructor>> = {
  fit_one_cycle: fitOneCycle,
  fit_flat_cos: fitFlatCos,
  fit_sgdr: fitSgdr,
  combined_cos: combinedCosine,
  SchedLin: schedLin,
  SchedCos: schedCos,
  SchedNo: schedNo,
  SchedExp: schedExp,
  SchedPoly: schedPoly,
};

export const FASTAI_NAMES: readonly string[] = Object.keys(CONSTRUCTORS);

/** The LR in each batch of an `eval-pos` stepping. Throws ScheduleError for a bad declaration. */
export function evaluateFastai(schedule: LibrarySchedule): LibraryEvaluation {
  const { count } = steppingOf(schedule, ["eval-pos"]);
  return sample(() => fastaiLr(schedule), { steps: upTo(count), groups: groupsOf(schedule) });
}

/**
 * The LR per group in batch t, 0-based, at position t / total. Needs an `eval-pos` stepping for the total number of
 * batches. Throws PythonError where fastai raises.
 */
export function fastaiLr(schedule: LibrarySchedule): Curve {
  const { total } = steppingOf(schedule, ["eval-pos"]);
  const construct = findConstructor(CONSTRUCTORS, schedule.constructor, "schedule.constructor");
  const curve = construct(schedule.kwargs, "schedule.kwargs");
  return (t) => curve(divide(t, total));
}

/** One group, unless the LR argument lists one LR per group. */
function groupsOf({ kwargs }: LibrarySchedule): number {
  const lr = kwargs.lr_max ?? kwargs.lr;
  return Array.isArray(lr) ? lr.length : 1;
}
