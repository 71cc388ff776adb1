import { CompareResponse, type CurveSet } from "@/lib/contracts/compare";
import { compareGroups } from "@/lib/domain/compare/compare";
import type { Group } from "@/lib/domain/compare/summary";

/** What the server answers for these groups; every run carries its group's index in its config. */
export function answerFor(groups: readonly Group[], target: number | null = null): CompareResponse {
  const asked = { metric: "val/loss", mode: "min", at: "final", target } as const;
  const { groups: summaries, ...rest } = compareGroups(groups, { ...asked, baseline: null });
  const runs = groups.flatMap((group, index) => group.outcomes.map((outcome) => ({ group, index, outcome })));
  return CompareResponse.parse({
    ...asked,
    by: "group",
    ...rest,
    groups: summaries.map((summary) => ({
      ...summary,
      run_ids: groups.find(({ key }) => key === summary.key)!.outcomes.map(({ id }) => id),
    })),
    runs: runs.map(({ group, outcome }) => ({
      id: outcome.id,
      name: outcome.name,
      project: { id: "p", name: outcome.project },
      status: outcome.unfinished ? "running" : "finished",
      seed: outcome.seed,
      group: group.key,
      groups: [group.key],
      state: outcome.state,
      value: outcome.value,
      last: outcome.value ?? (outcome.state === "missing" ? null : "NaN"),
      best: outcome.best,
      area: outcome.area,
      last_step: outcome.last_step,
      steps_to_target: outcome.steps_to_target,
      seconds_to_target: outcome.seconds_to_target,
      lr_peak: 0.1,
      lr_peak_step: 0,
      lr_last: 0,
      schedule: null,
      schedule_source: null,
      extra: {},
    })),
    config: [{ path: "batch_size", values: runs.map(({ index }) => 2 ** (5 + 5 * index)) }],
    metrics: ["val/loss"],
  });
}

export const inksOf = (...keys: string[]): Map<string, string> =>
  new Map(keys.map((key, i) => [key, `var(--run-${i})`]));

/** Two groups over three steps; `b` is shorter. */
export const CURVES: CurveSet = {
  metric: "val/loss",
  level: 0,
  groups: [
    {
      key: "a",
      label: "cosine",
      step: [0, 10, 20],
      n: [3, 3, 2],
      mean: [4, 2, 1],
      median: [4, 2, 1],
      low: [3, 1, -0.5],
      high: [5, 3, 2.5],
      q1: [3.5, 1.5, 0.5],
      q3: [4.5, 2.5, 1.5],
    },
    {
      key: "b",
      label: "step",
      step: [0, 10],
      n: [1, 1],
      mean: [6, 3],
      median: [6, 3],
      low: [null, null],
      high: [null, null],
      q1: [6, 3],
      q3: [6, 3],
    },
  ],
  members: [{ run_id: "r1", name: "run 1", key: "a", step: [0, 10, 20], value: [4.5, null, 1.2] }],
  members_total: 3,
};
