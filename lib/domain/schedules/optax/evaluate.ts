import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { listOf, number, object, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { findConstructor, readNested, type NestedSchedule } from "@/lib/domain/schedules/shared/constructors";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { evalSteps } from "@/lib/domain/schedules/shared/schedule-input";
import {
  constantSchedule,
  cosineDecaySchedule,
  exponentialDecay,
  linearSchedule,
  polynomialSchedule,
} from "./decays";
import { join } from "./join";
import { cosineOneCycleSchedule, linearOneCycleSchedule } from "./one-cycle";
import { piecewiseConstantSchedule, piecewiseInterpolateSchedule } from "./piecewise";
import type { OptaxConstructor, OptaxSchedule } from "./schedule";
import {
  sgdrSchedule,
  warmupConstantSchedule,
  warmupCosineDecaySchedule,
  warmupExponentialDecaySchedule,
} from "./warmup";

const CONSTRUCTORS: Readonly<Record<string, OptaxConstructor>> = {
  constant_schedule: constantSchedule,
  linear_schedule: linearSchedule,
  polynomial_schedule: polynomialSchedule,
  exponential_decay: exponentialDecay,
  cosine_decay_schedule: cosineDecaySchedule,
  cosine_onecycle_schedule: cosineOneCycleSchedule,
  linear_onecycle_schedule: linearOneCycleSchedule,
  warmup_constant_schedule: warmupConstantSchedule,
  warmup_cosine_decay_schedule: warmupCosineDecaySchedule,
  warmup_exponential_decay_schedule: warmupExponentialDecaySchedule,
  sgdr_schedule: sgdrSchedule,
  piecewise_constant_schedule: piecewiseConstantSchedule,
  piecewise_interpolate_schedule: piecewiseInterpolateSchedule,
  join_schedules: joinSchedules,
};

export const OPTAX_NAMES: readonly string[] = Object.keys(CONSTRUCTORS);

/** Joined schedules may be joined again; deeper than this is refused rather than recursed into. */
const MAX_DEPTH = 16;

/** Reads an optax schedule at the steps of an `eval` stepping. Throws ScheduleError for a bad declaration. */
export function evaluateOptax(schedule: LibrarySchedule): LibraryEvaluation {
  return sample(() => optaxLr(schedule), { steps: evalSteps(schedule), groups: 1 });
}

/** `schedule(t)`, t = completed updates; one group. Throws PythonError where optax raises. */
export function optaxLr(schedule: LibrarySchedule): Curve {
  const lr = build({ constructor: schedule.constructor, kwargs: schedule.kwargs }, "schedule");
  return (t) => [lr(t)];
}

function build({ constructor, kwargs }: NestedSchedule, path: string): OptaxSchedule {
  return findConstructor(CONSTRUCTORS, constructor, `${path}.constructor`)(kwargs, `${path}.kwargs`);
}

function joinSchedules(...[kwargs, path]: Parameters<OptaxConstructor>): OptaxSchedule {
  const { schedules, boundaries } = readArguments(kwargs, path, {
    schedules: required(listOf(object)),
    boundaries: required(listOf(number)),
  });
  if (path.split(".schedules[").length > MAX_DEPTH) {
    throw new ScheduleError(path, `nested more than ${MAX_DEPTH} deep`);
  }
  const built = schedules.map((nested, index) => {
    const nestedPath = `${path}.schedules[${index}]`;
    return build(readNested(nested, nestedPath), nestedPath);
  });
  return join(built, boundaries);
}
