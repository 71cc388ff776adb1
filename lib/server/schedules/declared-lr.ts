import "server-only";
import {
  type CompiledSchedule,
  compileDeclared,
  type DeclaredSchedule,
} from "@/lib/domain/schedules/declared";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { formulasPerStep } from "@/lib/domain/schedules/schedule-cost";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { isKeptSchedule } from "@/lib/contracts/schedules";
import { invalid } from "../errors";

export interface Lengths {
  stepsPerEpoch?: number;
  totalSteps?: number;
}

export interface ScheduledRun {
  schedule: string | null;
  stepsPerEpoch: number | null;
  totalSteps: number | null;
}

/** A schedule is a pure function of its text, so compiling it once serves every request. Bounded: oldest out first. */
const compiled = new Map<string, CompiledSchedule>();
const CACHE_SIZE = 500;

/** The run's declared schedule, ready to evaluate; null without one. Stored schedules were checked when they came. */
export function declaredSchedule({
  schedule,
  stepsPerEpoch,
  totalSteps,
}: ScheduledRun): CompiledSchedule | null {
  if (schedule === null) return null;
  const key = `${stepsPerEpoch} ${totalSteps} ${schedule}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = compileDeclared(storedSchedule(schedule), {
    stepsPerEpoch: stepsPerEpoch ?? undefined,
    totalSteps: totalSteps ?? undefined,
  });
  if (compiled.size >= CACHE_SIZE) compiled.delete(compiled.keys().next().value ?? key);
  compiled.set(key, made);
  return made;
}

/** What `checkSchedule` accepted when it was declared. */
export function storedSchedule(text: string): DeclaredSchedule {
  const stored: unknown = JSON.parse(text);
  if (!isKeptSchedule(stored)) throw new Error("a stored schedule is not one");
  return stored;
}

/**
 * @throws ServiceError invalid_parameters for a schedule that is too large to be evaluated by all that look at its run, or
 * naming the argument that the library or the family does not take
 */
export function checkSchedule(schedule: DeclaredSchedule, lengths: Lengths): void {
  try {
    formulasPerStep(schedule);
    compileDeclared(schedule, lengths);
  } catch (error) {
    if (error instanceof ScheduleError) throw invalid(error.path, error.message);
    throw error;
  }
}

/** Does the LR stay where it is unless something outside the schedule moves it? */
export function holdsStill(schedule: string | null): boolean {
  return schedule === null || ["constant", "plateau"].includes(scheduleFamily(storedSchedule(schedule)));
}
