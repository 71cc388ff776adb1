import { leavesOf } from "@/lib/domain/audit/leaves";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { type Fit, judge, polish, ranked } from "./candidate";
import { fallingCandidates } from "./falling";
import { joined } from "./joined";
import { periodicCandidates } from "./periodic";
import { riseEnd, type Series, seriesOf } from "./series";
import { commonEpoch, MOST_STAIRS, stairSpecs, stairsOf, type Stairs } from "./staircase";
import { thinSeries } from "./thin-series";
import { withWarmup } from "./warmup";
import { stableThenDecay } from "./wsd";

export interface Inferred {
  /** Null: no family explains the log, nor do a few constant stretches. */
  schedule: ScheduleSpec | null;
  /** As `scheduleFamily` names it; "piecewise, 3 segments" and "unknown" where that is all that can be said. */
  family: string;
  /** Its numbers by name: `then.peak`. */
  params: Record<string, number>;
  unit: "step" | "epoch";
  /** |predicted − logged| over the larger of the two, at its worst. */
  max_relative_error: number;
  alternatives: { schedule: ScheduleSpec; family: string; max_relative_error: number }[];
}

/** What is worse than this explains nothing. */
const WORST_ERROR = 0.02;
const MOST_ALTERNATIVES = 3;

/**
 * The schedule that a log of LRs shows: of those that explain it within its rounding the simplest, else the nearest.
 * `steps` ascend; the lengths are equal; values are finite.
 */
export function inferSchedule(
  steps: readonly number[],
  lrs: readonly number[],
  { stepsPerEpoch = null }: { stepsPerEpoch?: number | null } = {},
): Inferred {
  const series = thinSeries(seriesOf(steps, lrs));
  const fits = ranked(explain(series, stepsPerEpoch));
  const [best] = fits;
  if (!best || (best.misfit > 1 && best.error > WORST_ERROR)) return unknown(best);
  const { spec, error } = best;
  const named = ({ spec: schedule, error: max_relative_error }: Fit) => ({
    schedule,
    family: familyOf(schedule),
    max_relative_error,
  });
  const others = fits
    .slice(1)
    .map(named)
    .filter(({ family }, i, all) => {
      return family !== familyOf(spec) && all.findIndex((other) => other.family === family) === i;
    });
  return {
    ...named(best),
    params: Object.fromEntries(leavesOf(spec).map(({ name, value }) => [name, value])),
    unit: spec.kind === "per_epoch" ? "epoch" : "step",
    max_relative_error: error,
    alternatives: others.slice(0, MOST_ALTERNATIVES),
  };
}

const unknown = (best: Fit | undefined): Inferred => ({
  schedule: null,
  family: "unknown",
  params: {},
  unit: "step",
  max_relative_error: best?.error ?? 1,
  alternatives: [],
});

function familyOf(spec: ScheduleSpec): string {
  return spec.kind === "piecewise" ? `piecewise, ${spec.values.length} segments` : scheduleFamily(spec);
}

function explain(series: Series, stepsPerEpoch: number | null): Fit[] {
  const stairs = stairsOf(series);
  const asStairs = stairs ? stairFits(series, stairs, stepsPerEpoch) : [];
  if (asStairs.some(({ misfit, spec }) => misfit <= 1 && spec.kind !== "piecewise")) return asStairs;
  const whole = mainFits(series);
  const rise = riseEnd(series);
  const known = [...asStairs, ...whole];
  if (rise === 0 && known.some(({ misfit }) => misfit <= 1)) return known;
  const warmed = withWarmup(series, mainFits, rise);
  if (warmed.some(({ misfit }) => misfit <= 1)) return [...known, ...warmed];
  return [...known, ...warmed, ...joined(series)];
}

function stairFits(series: Series, stairs: Stairs, stepsPerEpoch: number | null): Fit[] {
  const fits = stairSpecs(stairs).map((spec) => judge(spec, series));
  if (fits.some(({ misfit, spec }) => misfit <= 1 && spec.kind !== "piecewise")) return fits;
  const epoch = commonEpoch(stairs, stepsPerEpoch);
  if (epoch === null) return fits;
  const epochs = byEpoch(series, epoch);
  const inner = explain(epochs, null).filter(({ spec }) => spec.kind !== "per_epoch");
  const outer = ranked(inner)
    .slice(0, 4)
    .map(({ spec }) => judge({ kind: "per_epoch", spec, steps_per_epoch: epoch }, series));
  return stairs.boundaries.length >= MOST_STAIRS || outer.length > 0 ? [...fits, ...outer] : fits;
}

/** The LR of each epoch, counted in epochs. */
function byEpoch(series: Series, epoch: number): Series {
  const first = new Map<number, number>();
  for (const [i, step] of series.steps.entries()) {
    const index = Math.floor(step / epoch);
    if (!first.has(index)) first.set(index, series.lrs[i] ?? 0);
  }
  return seriesOf([...first.keys()], [...first.values()], series);
}

/** Everything that needs no warmup in front. Stops at the first that is as good as exact, the simplest being first. */
function mainFits(series: Series): Fit[] {
  const stairs = stairsOf(series);
  const fits = stairs ? stairSpecs(stairs).map((spec) => judge(spec, series)) : [];
  const told = (fit: Fit) =>
    fit.misfit <= 1 && (fit.spec.kind !== "piecewise" || fit.spec.values.length <= FEW);
  if (fits.some(told)) return fits;
  const candidates = [
    ...fallingCandidates(series),
    ...periodicCandidates(series),
    ...stableThenDecay(series),
  ];
  for (const candidate of candidates) {
    const fit = polish(candidate, series);
    if (fit) fits.push(fit);
    if (fit && fit.misfit <= 1) break;
  }
  return fits;
}

/** Stretches that a person may have written down one by one. */
const FEW = 8;
