import { findLossKeys } from "../health/loss-keys";
import type { Observation } from "../metrics/observation";

export interface Alarm {
  metric: string;
  step: number;
  value: number;
}

interface Stored {
  key: string;
  /** In order of steps. */
  added: readonly Observation[];
}

/** The first value of each metric that is not finite, the metrics in the order given. */
export function alarmsOf(changes: readonly Stored[]): Alarm[] {
  return changes.flatMap(({ key, added }) => {
    const first = added.find(({ value }) => !Number.isFinite(value));
    return first ? [{ metric: key, step: first.step, value: first.value }] : [];
  });
}

/** Whether a run whose `metric` is not finite has lost its way: it is the primary metric, or a loss by name. */
export function isTelling(metric: string, primary: string | null): boolean {
  const { train, validation } = findLossKeys([metric]);
  return metric === primary || train !== null || validation !== null;
}
