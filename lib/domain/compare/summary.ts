import { bootstrap, bootstrapCeiling } from "../stats/bootstrap";
import { iqm } from "../stats/iqm";
import { mean } from "../stats/mean";
import { median } from "../stats/median";
import { seededRandom } from "../stats/random";
import { meanInterval } from "../stats/t-interval";
import { measured, type Outcome } from "./outcome";
import { type TargetFigures, targetFigures } from "./target";

export interface Group {
  key: string;
  /** Short, for a legend. */
  label: string;
  /** More of it: a schedule's parameters. */
  description: string | null;
  outcomes: readonly Outcome[];
}

interface Range {
  low: number;
  high: number;
}

export interface GroupSummary {
  key: string;
  label: string;
  description: string | null;
  /** Runs in the group: those measured, those that diverged and those without the metric. */
  runs: number;
  n: number;
  diverged: number;
  missing: number;
  unfinished: number;
  mean: number | null;
  median: number | null;
  iqm: number | null;
  min: number | null;
  max: number | null;
  /** Of the mean, 95 %, by Student's t. */
  interval: Range | null;
  /** Of the interquartile mean, 95 %, percentiles of resampled runs, expanded for so few of them. */
  bootstrap: Range | null;
  /** The share of such intervals that can hold what they are for, at best; null without one. */
  bootstrap_ceiling: number | null;
  /** Means over the runs that have the figure. */
  final: number | null;
  best: number | null;
  area: number | null;
  /** Shortest and longest run, as the last step with the metric. */
  steps: { min: number; max: number } | null;
  target: TargetFigures | null;
}

export const LEVEL = 0.95;
const RESAMPLES = 1999;
/** Any number: the same values give the same interval, today and on every server. */
export const SEED = 20_260_101;

export function summarise(group: Group, target: number | null): GroupSummary {
  const { outcomes } = group;
  const values = measured(outcomes);
  const count = (state: Outcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
  const lengths = outcomes.flatMap(({ last_step }) => (last_step === null ? [] : [last_step]));
  return {
    key: group.key,
    label: group.label,
    description: group.description,
    runs: outcomes.length,
    n: values.length,
    diverged: count("diverged"),
    missing: count("missing"),
    unfinished: outcomes.filter(({ unfinished }) => unfinished).length,
    mean: known(mean(values)),
    median: known(median(values)),
    iqm: known(iqm(values)),
    min: values[0] ?? null,
    max: values.at(-1) ?? null,
    interval: rangeOf(meanInterval(values, LEVEL)),
    bootstrap: rangeOf(
      bootstrap([values], ([sample = []]) => iqm(sample), {
        random: seededRandom(SEED),
        resamples: RESAMPLES,
        level: LEVEL,
        method: "expanded",
      }),
    ),
    bootstrap_ceiling: values.length < 2 ? null : bootstrapCeiling(values.length),
    final: meanOf(outcomes.map(({ final }) => final)),
    best: meanOf(outcomes.map(({ best }) => best)),
    area: meanOf(outcomes.map(({ area }) => area)),
    steps: lengths.length === 0 ? null : { min: Math.min(...lengths), max: Math.max(...lengths) },
    target: target === null ? null : targetFigures(outcomes),
  };
}

const rangeOf = (interval: Range | null): Range | null =>
  interval && Number.isFinite(interval.low) && Number.isFinite(interval.high)
    ? { low: interval.low, high: interval.high }
    : null;

/** No figure of an empty group, nor one beyond the largest double. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function meanOf(values: readonly (number | null)[]): number | null {
  return known(mean(values.filter((value) => value !== null).sort((a, b) => a - b)));
}
