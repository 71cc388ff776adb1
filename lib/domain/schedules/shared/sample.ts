import type { LibraryEvaluation, ScheduleRaise } from "@/lib/domain/schedules/library-schedule";
import { PythonError } from "./python-error";

/** One LR per param group at step `t`. */
export interface Curve {
  (t: number): number[];
  /** It takes every step before `t` to get there: what it costs goes with the number of the step. */
  recursive?: true;
}

/** A curve read through another one, which it is as costly as. */
export const through = (inner: Curve, outer: Curve): Curve =>
  inner.recursive ? Object.assign(outer, { recursive: true as const }) : outer;

/** The LR of a group from its base LR and what the step is for all groups. */
type FromBase = (base: number, a: number, b: number) => number;

/**
 * One LR for each base LR. What depends on the step is handed through, and one group, as most trainings have, has a way
 * of its own: a function made for each step costs more than all the rest.
 */
export function perBase(bases: readonly number[], lr: FromBase, a: number, b = NaN): number[] {
  const [only] = bases;
  return bases.length === 1 && only !== undefined ? [lr(only, a, b)] : perEach(bases, lr, a, b);
}

function perEach(bases: readonly number[], lr: FromBase, a: number, b: number): number[] {
  return bases.map((base) => lr(base, a, b));
}

interface Sampling {
  steps: readonly number[];
  /** How many param groups there are, for the shape of the answer when construction raises. */
  groups: number;
  /** Leading values that are read without a call, because the constructor has set them. */
  uncalled?: number;
}

/**
 * Builds a library's curve and reads it at `steps`. What the library raises ends the sequence and is reported: in
 * `build` as a construction error, later at the call that raised.
 */
export function sample(build: () => Curve, { steps, groups, uncalled = 0 }: Sampling): LibraryEvaluation {
  const lrs_by_group: number[][] = Array.from({ length: groups }, () => []);
  const built = attempt(build, { at: "construct" });
  if ("raises" in built) return { lrs_by_group, raises: built.raises };
  for (const [index, step] of steps.entries()) {
    const call_index = index - uncalled;
    const read = attempt(
      () => built.value(step),
      call_index < 0 ? { at: "construct" } : { at: "step", call_index },
    );
    if ("raises" in read) return { lrs_by_group, raises: read.raises };
    lrs_by_group.forEach((lrs, group) => lrs.push(read.value[group] ?? Number.NaN));
  }
  return { lrs_by_group };
}

type Place = Pick<ScheduleRaise, "at" | "call_index">;

function attempt<T>(run: () => T, place: Place): { value: T } | { raises: ScheduleRaise } {
  try {
    return { value: run() };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { raises: { ...place, type: error.type, message: error.message } };
  }
}
