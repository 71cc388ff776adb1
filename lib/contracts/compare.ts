import { z } from "zod";
import type { GroupBy } from "@/lib/domain/compare/grouping";
import { Id, MetricKey, Mode, Step, text, WireNumber } from "./common";
import { RunStatus } from "./runs";
import { CONFIG_PATH_PATTERN, GROUP_FIELDS, isConfigPath, MAX_COMPARED_PROJECTS } from "./words";

export const MAX_COMPARED = 1000;

export const GroupByField: z.ZodType<GroupBy> = z.union(
  [
    z.enum(GROUP_FIELDS),
    z.string().refine(isConfigPath).meta({ pattern: CONFIG_PATH_PATTERN, type: "string" }),
  ],
  { error: "must be schedule, family, group, tag, seed, project, run or config.<path>" },
);

const ProjectRef = text(250).min(1);

/** Which runs: exactly one of the three. */
const which = {
  runs: z.array(Id).min(1).max(MAX_COMPARED).optional(),
  project: ProjectRef.optional().describe("Name or id: its runs, the newest 1000."),
  projects: z
    .array(ProjectRef)
    .min(1)
    .max(MAX_COMPARED_PROJECTS)
    .optional()
    .describe("Names or ids, for a ranking over projects."),
};

const exactlyOne = ({ runs, project, projects }: { runs?: unknown; project?: unknown; projects?: unknown }) =>
  [runs, project, projects].filter((given) => given !== undefined).length === 1;
const ONE = { error: "exactly one of runs, project and projects", path: ["runs"] };

const question = {
  ...which,
  by: GroupByField.default("schedule").describe(
    "What makes a group: the schedule (declared, else inferred from the logged LR), its family, the run's group, tag, seed or project, the run itself, or an entry of its config.",
  ),
  metric: MetricKey,
  mode: Mode.describe("Which values are better."),
  at: z.enum(["final", "best"]).default("final").describe("The last value of a run, or its best."),
  baseline: text(1000)
    .min(1)
    .optional()
    .describe(
      "Key or label of a group: the others are compared with it alone, which asks fewer questions than every two.",
    ),
  target: z.number().optional().describe("Also say how many steps and seconds it took to get there."),
};

const Question = z.strictObject(question).refine(exactlyOne, ONE);
export type CompareQuestion = z.infer<typeof Question>;
/** What a saved comparison holds. */
export const CompareQuery = Question;

export const CompareBody = z
  .strictObject({
    ...question,
    extra: z
      .array(MetricKey)
      .max(10)
      .default([])
      .describe("Other metrics whose last value each run is to carry, for a scatter plot."),
  })
  .refine(exactlyOne, ONE);
export type CompareBody = z.infer<typeof CompareBody>;

const figure = z.number().nullable();
const Range = z.strictObject({ low: z.number(), high: z.number() });
const IntervalOf = (what: string) => Range.nullable().describe(what);

const Target = z.strictObject({
  reached: z.int(),
  of: z.int(),
  waiting: z.int().describe("Unfinished runs that have not got there yet."),
  steps: figure.describe(
    "Median over all runs, by Kaplan and Meier: one that ended without getting there never does, an unfinished one has not so far. Null: half did not, or it cannot be told yet.",
  ),
  seconds: figure,
  fastest: figure,
  slowest: figure,
});

export const ComparedGroup = z.strictObject({
  key: z.string(),
  label: z.string(),
  description: z.string().nullable(),
  run_ids: z.array(Id),
  runs: z.int(),
  n: z.int().describe("Runs with a finite value: what the figures are of."),
  diverged: z.int().describe("Runs whose last value is not finite."),
  missing: z.int().describe("Runs that never logged the metric."),
  unfinished: z.int(),
  mean: figure,
  median: figure,
  iqm: figure.describe("Interquartile mean: without the lowest and the highest quarter."),
  min: figure,
  max: figure,
  interval: IntervalOf("95 % interval of the mean, by Student's t; null for one run."),
  bootstrap: IntervalOf(
    "95 % bootstrap interval of the interquartile mean: percentiles, expanded for the number of runs.",
  ),
  bootstrap_ceiling: figure.describe(
    "No bootstrap of n runs can hold the centre of a symmetric distribution more often than this, 1 − 2 / 2ⁿ: under 0.95 for fewer than six runs.",
  ),
  final: figure.describe("Mean of the runs' last values."),
  best: figure.describe("Mean of the runs' best values."),
  area: figure.describe(
    "Mean over the runs of the mean over their logged values: the area under the curve by length.",
  ),
  steps: z
    .strictObject({ min: Step, max: Step })
    .nullable()
    .describe("Last steps, of the shortest and longest run."),
  target: Target.nullable(),
});
export type ComparedGroup = z.infer<typeof ComparedGroup>;

const inference = {
  difference: figure,
  interval: IntervalOf("95 %: Welch's for runs, Student's t for pairs."),
  p: z.number(),
  smallest_p: z.number(),
  exact: z.boolean().describe("Every arrangement was counted; otherwise arrangements were drawn."),
  test: z.enum(["permutation", "sign_flip"]),
  on: z.enum(["values", "ranks"]),
};

export const ComparedPair = z.strictObject({
  a: z.string().describe("Key of the group with the better mean."),
  b: z.string(),
  n_a: z.int(),
  n_b: z.int(),
  difference: figure.describe("mean(a) − mean(b)."),
  interval: IntervalOf("95 % interval of the difference."),
  probability_of_improvement: figure.describe("Chance that a run of a beats a run of b; diverged runs lose."),
  p: figure,
  smallest_p: figure.describe("No data of these sizes can give a smaller p."),
  p_holm: figure.describe("p, corrected for all pairs (Holm 1979)."),
  p_joint: figure.describe(
    "Corrected for all pairs by one joint test (Westfall & Young's step-down max-T over permuted residuals); of a single pair its own p. A difference is shown by it. Null where it cannot be had: p_holm then counts.",
  ),
  smallest_p_joint: figure.describe("No data of these sizes, and so many draws, can give a smaller p_joint."),
  uses: z.enum(["unpaired", "paired"]).nullable().describe("Which of the two the figures above are from."),
  unpaired: z.strictObject(inference).nullable(),
  paired: z
    .strictObject({ ...inference, pairs: z.int() })
    .nullable()
    .describe("By seed, where all seeds match."),
  not_paired: z.string().nullable().describe("Why the runs are not paired by seed."),
});
export type ComparedPair = z.infer<typeof ComparedPair>;

export const ComparedRun = z.strictObject({
  id: Id,
  name: z.string(),
  project: z.strictObject({ id: Id, name: z.string() }),
  status: RunStatus,
  seed: figure,
  group: z.string().nullable(),
  groups: z.array(z.string()).describe("Keys of the groups that it is in."),
  state: z.enum(["measured", "diverged", "missing"]),
  value: figure.describe("What is compared."),
  last: WireNumber.nullable(),
  best: figure,
  area: figure,
  last_step: Step.nullable(),
  steps_to_target: Step.nullable(),
  seconds_to_target: figure,
  lr_peak: figure,
  lr_peak_step: figure.describe("First step at the highest LR: where the warmup ends."),
  lr_last: figure,
  schedule: z.string().nullable().describe("In words."),
  schedule_source: z.enum(["declared", "inferred"]).nullable(),
  extra: z.record(z.string(), WireNumber.nullable()),
});
export type ComparedRun = z.infer<typeof ComparedRun>;

const Verdict = z.strictObject({
  text: z.string(),
  shown: z.boolean().describe("A difference is shown at 5 % after correction."),
  better: z.string().nullable(),
  than: z.string().nullable(),
  also: z.string().nullable(),
  best_set: z
    .array(z.string())
    .describe(
      "Keys of the groups that no other is shown to be better than: those near the best, then doubtful.",
    ),
  doubtful: z
    .array(z.string())
    .describe(
      "Of best_set, those whose own interval says worse than the best, but not after correction, or that have no interval.",
    ),
  worse: z
    .array(
      z.strictObject({
        key: z.string(),
        than: z.string().describe("The best group that it is shown to be worse than."),
        difference: z.number().describe("By how much: positive."),
        interval: IntervalOf("95 % interval of it."),
      }),
    )
    .describe("Groups that another is shown to be better than."),
  more_seeds: z
    .array(
      z.strictObject({
        key: z.string(),
        seeds: z
          .int()
          .nullable()
          .describe(
            "Further runs a group that would show its difference to the best, or to the baseline; null: more than 100.",
          ),
      }),
    )
    .describe(
      "For the groups of best_set but the best, or those not told apart from the baseline, should means and spreads stay as they are.",
    ),
});

const RankingItem = z.strictObject({
  key: z.string(),
  average_rank: z.number(),
  interval: IntervalOf("95 %, bootstrap over runs within project and group."),
  ranks: z.array(z.number()),
});

export const CompareResponse = z.strictObject({
  metric: z.string(),
  mode: Mode,
  at: z.enum(["final", "best"]),
  target: figure,
  by: z.string(),
  baseline: z.string().nullable(),
  verdict: Verdict,
  notes: z.array(z.string()).describe("What to know before believing the figures."),
  groups: z.array(ComparedGroup).describe("Best mean first."),
  pairs: z.array(ComparedPair),
  ranking: z
    .strictObject({
      projects: z.array(z.string()),
      items: z.array(RankingItem),
      left_out: z.array(z.string()),
    })
    .nullable()
    .describe("Over projects, when there are several."),
  runs: z.array(ComparedRun),
  config: z
    .array(
      z.strictObject({ path: z.string(), values: z.array(z.union([z.number(), z.string()]).nullable()) }),
    )
    .describe("What differs between the configs; one value a run, in the order of `runs`."),
  metrics: z.array(z.string()).describe("Keys that any of the runs logged."),
});
export type CompareResponse = z.infer<typeof CompareResponse>;

export const MAX_CURVE_BUCKETS = 1000;

export const CurvesBody = z
  .strictObject({
    ...which,
    by: question.by,
    metrics: z.array(MetricKey).min(1).max(8),
    from: Step.optional().describe("First step, included."),
    to: Step.optional().describe("Last step, included."),
    buckets: z.int().min(1).max(MAX_CURVE_BUCKETS).default(200),
    members: z.int().min(0).max(200).default(60).describe("Curves of single runs to send along, at most."),
    lr: z.boolean().default(false).describe("Also the logged LR of each group, or the declared one."),
  })
  .refine(exactlyOne, ONE);
export type CurvesBody = z.infer<typeof CurvesBody>;

const column = z.array(z.number());
const gaps = z.array(z.number().nullable());

/** Columns of equal length. */
const GroupCurve = z.strictObject({
  key: z.string(),
  label: z.string(),
  step: column,
  n: column.describe("Runs that the point is made of."),
  mean: column,
  median: column,
  low: gaps.describe("95 % interval of the mean at this step alone."),
  high: gaps,
  q1: column,
  q3: column,
  declared: z.boolean().optional().describe("Of the LR, where none of its runs logs one: what they declare."),
});
export type GroupCurve = z.infer<typeof GroupCurve>;

const MemberCurve = z.strictObject({
  run_id: Id,
  name: z.string(),
  key: z.string(),
  step: column,
  value: gaps,
});
export type MemberCurve = z.infer<typeof MemberCurve>;

export const CurveSet = z.strictObject({
  metric: z.string().describe("Its key; for the LR the run's own."),
  level: z.int().describe("log2 of the steps in a bucket."),
  groups: z.array(GroupCurve),
  members: z.array(MemberCurve),
  members_total: z.int(),
});
export type CurveSet = z.infer<typeof CurveSet>;

export const CurvesResponse = z.strictObject({
  last_step: Step.describe("Of the longest run, whatever part was asked for."),
  sets: z.array(CurveSet).describe("One a metric, in the order asked for."),
  lr: CurveSet.nullable().describe("Without curves of single runs."),
});
export type CurvesResponse = z.infer<typeof CurvesResponse>;
