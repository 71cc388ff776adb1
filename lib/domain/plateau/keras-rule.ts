import type { DetectorState, KerasCounters } from "./detector-state";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import type { KerasSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";

export function initialKerasCounters(): KerasCounters {
  return { rule: "keras", best: null, wait: 0, cooldown_counter: 0 };
}

/** The sum is float64, the comparison float32 on both sides: the backend converts its operands. */
function improvesKeras({ mode, min_delta }: KerasSpec, value: number, best: number): boolean {
  return mode === "min"
    ? Math.fround(value + min_delta) < Math.fround(best)
    : Math.fround(value - min_delta) > Math.fround(best);
}

/**
 * `keras.callbacks.ReduceLROnPlateau.on_epoch_end`. The first value becomes best whatever it is. The optimizer's rate
 * is a float32 variable, so every rate is rounded when stored. At the floor `wait` keeps growing and no cooldown starts.
 */
export function stepKeras(
  spec: KerasSpec,
  { counters, lrs }: DetectorState<KerasCounters>,
  value: number,
): StepResult<KerasCounters> {
  const cooldown = Math.max(counters.cooldown_counter - 1, 0);
  const improved = counters.best === null || improvesKeras(spec, value, fromJsonNumber(counters.best));
  const counts = !improved && cooldown === 0;
  // The last check of a cooldown counts already: the counter is lowered before the test.
  const wait = counts ? (counters.cooldown_counter > 0 ? 1 : counters.wait + 1) : 0;
  const fired = counts && wait >= spec.patience;
  const movable = fired && lrs.some((lr) => lr > Math.fround(spec.min_lr));
  return {
    counters: {
      rule: "keras",
      best: improved ? toJsonNumber(value) : counters.best,
      wait: movable ? 0 : wait,
      cooldown_counter: movable ? spec.cooldown : cooldown,
    },
    lrs: fired ? lrs.map((lr) => reduceKeras(spec, lr)) : lrs,
    fired: fired ? "reduce" : null,
    improved,
    bad: wait,
    judged: value,
  };
}

/** The rate after a cut: one that is at its floor stays. */
export function reduceKeras({ factor, min_lr }: Pick<KerasSpec, "factor" | "min_lr">, lr: number): number {
  return lr > Math.fround(min_lr) ? Math.fround(Math.max(lr * factor, min_lr)) : lr;
}
