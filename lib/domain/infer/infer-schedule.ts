import { leavesOf } from "@/lib/domain/audit/leaves";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { type Fit, isExact, ranked } from "./candidate";
import { explain } from "./explain";
import { cleanSeries } from "./series";
import { thinSeries } from "./thin-series";

export interface Inferred {
  /** In our own words where they suffice. Null: no family explains the log, nor do a few constant stretches. */
  schedule: DeclaredSchedule | null;
  /** As `scheduleFamily` names it; "piecewise, 3 segments" and "unknown" where that is all that can be said. */
  family: string;
  /** Its numbers by name: `then.peak`. */
  params: Record<string, number>;
  unit: "step" | "epoch";
  /** |predicted − logged| over the larger of the two, at its worst. */
  max_relative_error: number;
  alternatives: { schedule: DeclaredSchedule; family: string; max_relative_error: number }[];
}

/** What is worse than this is not the schedule, but may be shown beside it. */
const WORST_ERROR = 1e-3;
const WORTH_SHOWING = 0.1;
const MOST_ALTERNATIVES = 3;

/**
 * The schedule that a log of LRs shows: of those that explain it within its rounding the simplest, else the nearest.
 * The lengths are equal and the values finite. Of several at a step the last counts; the order does not.
 */
export function inferSchedule(
  steps: readonly number[],
  lrs: readonly number[],
  { stepsPerEpoch = null }: { stepsPerEpoch?: number | null } = {},
): Inferred {
  const series = thinSeries(cleanSeries(steps, lrs));
  const fits = ranked(explain(series, stepsPerEpoch));
  const [best] = fits;
  if (!best || (!isExact(best) && best.error > WORST_ERROR)) return unknown(fits);
  const { spec } = best;
  return {
    ...named(best),
    params: Object.fromEntries(leavesOf(spec).map(({ name, value }) => [name, value])),
    unit: isNative(spec) && spec.kind === "per_epoch" ? "epoch" : "step",
    alternatives: others(fits).slice(1, MOST_ALTERNATIVES + 1),
  };
}

const named = ({ spec: schedule, error: max_relative_error }: Fit) => ({
  schedule,
  family: familyOf(schedule),
  max_relative_error,
});

/** The best of each family. */
function others(fits: readonly Fit[]): Inferred["alternatives"] {
  const all = fits.filter(({ error }) => error <= WORTH_SHOWING).map(named);
  return all.filter(({ family }, i) => all.findIndex((other) => other.family === family) === i);
}

const unknown = (fits: readonly Fit[]): Inferred => ({
  schedule: null,
  family: "unknown",
  params: {},
  unit: "step",
  max_relative_error: fits.reduce((least, { error }) => Math.min(least, error), 1),
  alternatives: others(fits).slice(0, MOST_ALTERNATIVES),
});

function familyOf(spec: DeclaredSchedule): string {
  if (isNative(spec) && spec.kind === "piecewise") return `piecewise, ${spec.values.length} segments`;
  const family = scheduleFamily(spec);
  return family === "warmup + WSD" ? "WSD" : family;
}
