import { nonfiniteCode, storedValue } from "./nonfinite";

/** One value of a metric as it counts at a step: of several at the same step, the latest by time. */
export interface Observation {
  /** Optimizer updates before it, from 0. */
  step: number;
  /** Unix seconds. */
  time: number;
  /** May be NaN or infinite. */
  value: number;
  epoch: number | null;
}

/** Storage order: step, then time, then the value as it is stored. */
export const compareStored = (a: Observation, b: Observation): number =>
  a.step - b.step ||
  a.time - b.time ||
  storedValue(a.value) - storedValue(b.value) ||
  nonfiniteCode(a.value) - nonfiniteCode(b.value);

/**
 * Keeps the latest of each step. Input in storage order (step, then time, then value), which decides ties the same way
 * on every server and after every restart.
 */
export function latestPerStep(ordered: readonly Observation[]): Observation[] {
  const latest: Observation[] = [];
  for (const observation of ordered) {
    const top = latest.length - 1;
    if (latest[top]?.step === observation.step) latest[top] = observation;
    else latest.push(observation);
  }
  return latest;
}
