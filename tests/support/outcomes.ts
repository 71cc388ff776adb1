import { compareGroups } from "@/lib/domain/compare/compare";
import type { Outcome } from "@/lib/domain/compare/outcome";
import type { Group } from "@/lib/domain/compare/summary";

let made = 0;

/** A finished run that reached `value`; NaN: one that diverged, null: one without the metric. */
export function outcome(value: number | null, change: Partial<Outcome> = {}): Outcome {
  made += 1;
  const finite = value !== null && Number.isFinite(value) ? value : null;
  return {
    id: `run-${made}`,
    name: `run ${made}`,
    project: "p",
    seed: null,
    value: finite,
    state: value === null ? "missing" : finite === null ? "diverged" : "measured",
    unfinished: false,
    last_step: value === null ? null : 99,
    final: finite,
    best: finite,
    area: finite,
    steps_to_target: null,
    seconds_to_target: null,
    last_seconds: value === null ? null : 99,
    ...change,
  };
}

export const group = (key: string, values: readonly (number | null)[], seeded = false): Group => ({
  key,
  label: key,
  description: null,
  outcomes: values.map((value, i) => outcome(value, seeded ? { seed: i } : {})),
});

/** The groups compared by their last val/loss, lower being better, unless something else is asked. */
export const ask = (groups: readonly Group[], change: Partial<Parameters<typeof compareGroups>[1]> = {}) =>
  compareGroups(groups, {
    metric: "val/loss",
    mode: "min",
    at: "final",
    target: null,
    baseline: null,
    ...change,
  });
