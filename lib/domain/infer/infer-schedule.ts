import { leavesOf } from "@/lib/domain/audit/leaves";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { type Fit, isNear } from "./candidate";
import { hasEvidence, LEAST_POINTS, pointsFor, pointsNeeded } from "./evidence";
import { bestReading } from "./reading";
import { cleanSeries, type Series } from "./series";
import { noteOnOffset, notesOn, reachesEnd, type Shown, shownOf } from "./shown";

export interface Inferred extends Shown {
  /** In our own words where they suffice. Null: no family explains the log, nor do a few constant stretches. */
  schedule: DeclaredSchedule | null;
  /** As `scheduleFamily` names it; "piecewise, 3 segments" and "unknown" where that is all that can be said. */
  family: string;
  /** Its numbers by name: `then.peak`. */
  params: Record<string, number>;
  unit: "step" | "epoch";
  /** Logger's convention, as the audit's: what was logged at step s is the LR of step s + offset. */
  offset: number;
  /** |predicted − logged| over the larger of the two, at its worst: at the logged steps, and no others. */
  max_relative_error: number;
  /** Sentences on what the log does not show. */
  notes: string[];
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
  const { fits, offset, log } = bestReading(cleanSeries(steps, lrs), stepsPerEpoch);
  const [best] = fits;
  if (!best || !isBelieved(best, log)) return unknown(fits, log);
  const { spec } = best;
  const shown = shownOf(best, log);
  const different = differing(fits).slice(1);
  const equal = different.filter((fit) => isNear(fit) || fit.error <= best.error);
  return {
    ...named(best),
    ...shown,
    params: Object.fromEntries(leavesOf(spec).map(({ name, value }) => [name, value])),
    unit: isNative(spec) && spec.kind === "per_epoch" ? "epoch" : "step",
    offset,
    notes: [
      ...noteOnOffset(offset),
      ...notesOn(
        shown,
        log,
        best,
        equal.map((fit) => ({ family: familyOf(fit.spec), fit })),
      ),
    ],
    alternatives: different.slice(0, MOST_ALTERNATIVES).map(named),
  };
}

/** One that is near but not exact may be told for what the log shows, not for what is still to come. */
const isBelieved = (fit: Fit, log: Series): boolean =>
  hasEvidence(fit.spec, log) && (isNear(fit) || (fit.error <= WORST_ERROR && reachesEnd(fit, log)));

const named = ({ spec: schedule, error: max_relative_error }: Fit) => ({
  schedule,
  family: familyOf(schedule),
  max_relative_error,
});

/** The best of each family. */
function differing(fits: readonly Fit[]): Fit[] {
  const families = fits.map(({ spec }) => familyOf(spec));
  return fits.filter(({ error }, i) => error <= WORTH_SHOWING && families.indexOf(families[i] ?? "") === i);
}

const unknown = (fits: readonly Fit[], log: Series): Inferred => ({
  schedule: null,
  family: "unknown",
  params: {},
  unit: "step",
  offset: 0,
  exact: false,
  ended: false,
  gap: 1,
  max_relative_error: fits.reduce((least, { error }) => Math.min(least, error), 1),
  notes: missing(fits, log),
  alternatives: differing(fits).slice(0, MOST_ALTERNATIVES).map(named),
});

/** What the log would have to show for a schedule that goes through its points to be more than a guess. */
function missing(fits: readonly Fit[], log: Series): string[] {
  const guess = fits.find((fit) => isNear(fit) && !hasEvidence(fit.spec, log))?.spec;
  const [has, needed] = guess
    ? [pointsFor(guess, log), pointsNeeded(guess)]
    : [log.steps.length, LEAST_POINTS];
  if (has >= needed) return [];
  const family = guess ? familyOf(guess) : "a line";
  return [
    `${has} points are too few to tell: ${needed} or more are needed for ${family}, and any curve goes through fewer.`,
  ];
}

function familyOf(spec: DeclaredSchedule): string {
  if (isNative(spec) && spec.kind === "piecewise") return `piecewise, ${spec.values.length} segments`;
  const family = scheduleFamily(spec);
  return family === "warmup + WSD" ? "WSD" : family;
}
