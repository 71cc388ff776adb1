import "server-only";
import type { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import type { EvaluateBody, EvaluateResponse } from "@/lib/contracts/schedules";
import { compileDeclared, isNative } from "@/lib/domain/schedules/declared";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import type { LibrarySchedule, Stepping } from "@/lib/domain/schedules/library-schedule";
import { checkEvaluations, formulasPerStep } from "@/lib/domain/schedules/schedule-cost";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { invalid } from "../errors";

type Evaluated = z.input<typeof EvaluateResponse>;

/** A pure function of the request: no run, no database. @throws ServiceError invalid_parameters naming the argument */
export function evaluateSchedule(body: EvaluateBody): Evaluated {
  try {
    return evaluate(body);
  } catch (error) {
    if (error instanceof ScheduleError) throw invalid(error.path, error.message);
    throw error;
  }
}

function evaluate({ schedule, steps, steps_per_epoch }: EvaluateBody): Evaluated {
  if (!isNative(schedule) && isDriven(schedule)) {
    const driven = withCount(schedule, steps);
    checkEvaluations(driven, stepsOf(driven), typeof steps === "number" ? "steps" : "schedule.stepping");
    const { lrs_by_group, momentums, raises } = evaluateLibrary(driven);
    return { ...byGroup(lrs_by_group), momentums: momentums?.map(toWire), raises };
  }
  formulasPerStep(schedule);
  const compiled = compileDeclared(schedule, { stepsPerEpoch: steps_per_epoch });
  if (steps === undefined) throw invalid("steps", "say how many steps to evaluate, or which");
  checkEvaluations(schedule, typeof steps === "number" ? steps : steps.length, "steps");
  const lrs = typeof steps === "number" ? compiled.lrs(0, steps) : compiled.at(steps);
  const last = typeof steps === "number" ? steps - 1 : steps.reduce((max, step) => Math.max(max, step), 0);
  const raised = compiled.raisesBy(last);
  if (raised === null) return byGroup(lrs);
  const { call, type, message } = raised;
  return { ...byGroup(lrs), raises: { at: "step", call_index: call - 1, type, message } };
}

function byGroup(groups: readonly Iterable<number>[]): Evaluated {
  const wire = groups.map((lrs) => Array.from(lrs, toWire));
  return wire.length === 1 ? { lrs: wire[0] } : { lrs_by_group: wire };
}

/** `stepping` with a mode is how a golden file drove the scheduler; `{unit}` is how a run does. */
const isDriven = ({ stepping }: LibrarySchedule): boolean => stepping !== undefined && "mode" in stepping;

/** A number of steps in the request goes before the count in the schedule. */
function withCount(schedule: LibrarySchedule, steps: EvaluateBody["steps"]): LibrarySchedule {
  const { stepping } = schedule;
  if (typeof steps !== "number" || !stepping || !("count" in stepping)) return schedule;
  const counted: Stepping = { ...stepping, count: steps };
  return { ...schedule, stepping: counted };
}

/** How many steps the schedule's own `stepping` asks for. */
function stepsOf({ stepping }: LibrarySchedule): number {
  if (!stepping || "unit" in stepping) return 0;
  if ("count" in stepping) return stepping.count;
  return "calls" in stepping ? stepping.calls.length : stepping.steps.length;
}
