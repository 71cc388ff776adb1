import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { findConstructor } from "@/lib/domain/schedules/shared/constructors";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { evalSteps } from "@/lib/domain/schedules/shared/schedule-input";
import { cosineDecay, cosineDecayRestarts } from "./cosine";
import { exponentialDecay, inverseTimeDecay, polynomialDecay } from "./decays";
import { piecewiseConstantDecay } from "./piecewise-constant";
import type { KerasConstructor } from "./schedule";

const CONSTRUCTORS: Readonly<Record<string, KerasConstructor>> = {
  ExponentialDecay: exponentialDecay,
  PiecewiseConstantDecay: piecewiseConstantDecay,
  PolynomialDecay: polynomialDecay,
  InverseTimeDecay: inverseTimeDecay,
  CosineDecay: cosineDecay,
  CosineDecayRestarts: cosineDecayRestarts,
};

export const KERAS_NAMES: readonly string[] = Object.keys(CONSTRUCTORS);

/** Reads a Keras schedule at the steps of an `eval` stepping. Throws ScheduleError for a bad declaration. */
export function evaluateKeras(schedule: LibrarySchedule): LibraryEvaluation {
  return sample(() => kerasLr(schedule), { steps: evalSteps(schedule), groups: 1 });
}

/** `schedule(t)`, t = completed updates; one group. Throws PythonError where Keras raises. */
export function kerasLr(schedule: LibrarySchedule): Curve {
  const construct = findConstructor(CONSTRUCTORS, schedule.constructor, "schedule.constructor");
  const lr = construct(schedule.kwargs, "schedule.kwargs");
  return (t) => [lr(t)];
}
