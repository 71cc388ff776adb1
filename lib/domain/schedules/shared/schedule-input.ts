import type { LibrarySchedule, Stepping } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";

/** The optimizer's LR per param group; required by the libraries that drive an optimizer. */
export function baseLrsOf(schedule: LibrarySchedule): readonly number[] {
  const bases = schedule.base_lrs;
  if (!bases || bases.length === 0)
    throw new ScheduleError("schedule.base_lrs", "required: one LR per param group");
  return bases;
}

type SteppingMode = Extract<Stepping, { mode: string }>["mode"];

/** The schedule's stepping, if it has one of `modes`. */
export function steppingOf<M extends SteppingMode>(
  schedule: LibrarySchedule,
  modes: readonly M[],
): Extract<Stepping, { mode: M }> {
  const stepping = schedule.stepping;
  if (stepping && "mode" in stepping && isOneOf(stepping, modes)) return stepping;
  const given = stepping && ("mode" in stepping ? `mode ${stepping.mode}` : `unit ${stepping.unit}`);
  const wanted = `with mode ${modes.join(" or ")}`;
  throw new ScheduleError(
    "schedule.stepping",
    given ? `expected one ${wanted}, got ${given}` : `required, ${wanted}`,
  );
}

/** The steps of an `eval` stepping: listed, or 0 … count−1. */
export function evalSteps(schedule: LibrarySchedule): readonly number[] {
  const stepping = steppingOf(schedule, ["eval"]);
  return "steps" in stepping ? stepping.steps : upTo(stepping.count);
}

/** 0 … count−1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function isOneOf<M extends SteppingMode>(
  stepping: Extract<Stepping, { mode: string }>,
  modes: readonly M[],
): stepping is Extract<Stepping, { mode: M }> {
  return modes.some((mode) => mode === stepping.mode);
}
