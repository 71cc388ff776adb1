import { at } from "./at";
import { type Fit, isNear, ranked } from "./candidate";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { canBeDelayed } from "./delayed";
import { hasEvidence } from "./evidence";
import { explain, isLongTable } from "./explain";
import { LAGS, MOST_LAG, readAt, suggestedOffsets, offsetOfRise, showsStart, USUAL_OFFSETS } from "./offsets";
import { costOfOffset, isRound, isWritten, lengthOf } from "./roundness";
import { newBudget, type Series } from "./series";
import { thinSeries } from "./thin-series";

/** A log with its steps counted as its schedule counts them. */
export interface Reading {
  /** What was logged at step s is the LR of step s + offset. */
  offset: number;
  log: Series;
  /** What comes near it, the likeliest first. */
  fits: Fit[];
}

/** What all readings of a log may cost together. */
const WORK = 2_000_000;

/**
 * The reading of a log under which its schedule is shortest to write down, an offset counted in: 5e-5 over 1000 steps, read
 * one step late, rather than 5.005e-5 over 1001. The log as it stands where no reading explains it.
 */
export function bestReading(log: Series, stepsPerEpoch: number | null): Reading {
  const thin = thinSeries(log);
  let left = WORK;
  let best: Reading = { offset: 0, log, fits: [] };
  let shortest = Infinity;
  const start = at(log.steps, 0);
  // Numbers that were merely fitted are no sign of another convention.
  const mayReplace = (told: DeclaredSchedule, offset: number): boolean =>
    offset === 0 || shortest === Infinity || isWritten(told);
  const consider = (offset: number): boolean => {
    const moved = readAt(thin, offset);
    if (!moved || left <= 0) return false;
    const { fits, told, spent } = explained(moved, offset, stepsPerEpoch);
    left -= spent;
    const length = told && mayReplace(told, offset) ? lengthOf(told) + costOfOffset(offset, start) : Infinity;
    if (length < shortest || (shortest === Infinity && (offset === 0 || best.fits.length === 0))) {
      best = { offset, log: readAt(log, offset) ?? log, fits };
      shortest = length;
    }
    return told !== null && isRound(told) && waitOf(told) === 0;
  };
  const tried = new Set<number>();
  const isFoundAmong = (offsets: readonly number[]): boolean => {
    const untried = [...new Set(offsets.map((offset) => offset + 0))].filter((offset) => !tried.has(offset));
    for (const offset of untried) tried.add(offset);
    return untried.map(consider).includes(true);
  };
  const isFound =
    isFoundAmong(offsetOfRise(thin)) ||
    isFoundAmong([0, ...(showsStart(log) ? suggestedOffsets(thin) : [])]) ||
    isFoundAmong(USUAL_OFFSETS);
  if (isFound || shortest === Infinity || !showsStart(log)) return best;
  const wait = waitOf(best.fits[0]?.spec);
  if (wait > 0 && isFoundAmong([best.offset - wait])) return best;
  // A curve that looks the same from any step on is explained by odd numbers, too.
  isFoundAmong(LAGS);
  return best;
}

/** What comes near the log at one reading, that of which the log has enough points first. */
function explained(
  log: Series,
  offset: number,
  stepsPerEpoch: number | null,
): { fits: Fit[]; told: DeclaredSchedule | null; spent: number } {
  const budget = newBudget();
  const granted = budget.left;
  const near = ranked(explain({ ...log, budget }, stepsPerEpoch));
  const borne = near.filter(({ spec }) => hasEvidence(spec, log));
  const [best] = borne;
  const isTold = best && isNear(best) && !isLongTable(best) && canBeDelayed(best.spec, offset);
  return {
    fits: [...borne, ...near.filter((fit) => !borne.includes(fit))],
    told: isTold ? best.spec : null,
    spent: granted - budget.left,
  };
}

/** Steps of a constant stretch before a fall, so short that it may be a lag; 0 where there is none. */
function waitOf(spec: DeclaredSchedule | undefined): number {
  if (!spec || !isNative(spec) || spec.kind !== "wsd" || spec.warmup > 0) return 0;
  return spec.stable <= MOST_LAG + 1 ? spec.stable : 0;
}
