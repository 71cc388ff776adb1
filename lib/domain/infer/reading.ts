import { at } from "./at";
import { type Fit, isNear, ranked } from "./candidate";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { canBeDelayed } from "./delayed";
import { hasEvidence, LEAST_POINTS } from "./evidence";
import { explain, isLongTable } from "./explain";
import { LAGS, MOST_LAG, readAt, suggestedOffsets, offsetOfRise, showsStart, USUAL_OFFSETS } from "./offsets";
import { inRoundNumbers } from "./rounded";
import { costOfOffset, isRound, isWritten, lengthOf } from "./roundness";
import type { Series } from "./series";
import { thinSeries } from "./thin-series";

/** A log with its steps counted as its schedule counts them. */
export interface Reading {
  /** What was logged at step s is the LR of step s + offset. */
  offset: number;
  log: Series;
  /** What comes near it, the likeliest first. */
  fits: Fit[];
  /** Work that it and the others took. */
  spent: number;
}

/** What all readings of a log may cost together, one of them at most half of what is left. */
const WORK = 2_000_000;
/** Under the right offset a schedule is mostly found at once, under another never: all are tried so far at first. */
const WORK_AT_FIRST = 60_000;

/**
 * The reading of a log under which its schedule is shortest to write down, an offset counted in: 5e-5 over 1000 steps, read
 * one step late, rather than 5.005e-5 over 1001. The log as it stands where no reading explains it.
 */
export function bestReading(log: Series, stepsPerEpoch: number | null): Reading {
  const readings = new Readings(log, stepsPerEpoch);
  tryAll(readings, log);
  return { ...readings.best, spent: WORK - readings.left };
}

function tryAll(readings: Readings, log: Series): void {
  const rise = offsetOfRise(readings.thin);
  const suggested = showsStart(log) ? suggestedOffsets(readings.thin) : [];
  const lags = showsStart(log) ? LAGS : [];
  const isFound = [rise, [0, ...suggested], USUAL_OFFSETS].some((offsets) =>
    readings.isFoundAmong(offsets, WORK_AT_FIRST),
  );
  // Of so few points hardly a line would be believed.
  if (isFound || log.steps.length < LEAST_POINTS) return;
  if (readings.isExplained) {
    const wait = lags.length > 0 ? waitOf(readings.best.fits[0]?.spec) : 0;
    if (wait > 0 && readings.isFoundAmong([readings.best.offset - wait], WORK_AT_FIRST)) return;
    // A curve that looks the same from any step on is explained by odd numbers, too.
    readings.isFoundAmong(lags, WORK_AT_FIRST);
    return;
  }
  readings.isFoundAmong([0, ...rise], Infinity);
  if (!readings.isExplained) readings.isFoundAmong(lags, WORK_AT_FIRST);
  if (!readings.isExplained) readings.isFoundAmong([...suggested, ...USUAL_OFFSETS], Infinity);
}

/** The readings of a log that were tried, and the best of them. */
class Readings {
  best: Omit<Reading, "spent">;
  readonly thin: Series;
  left = WORK;
  private shortest = Infinity;
  /** Work that each offset was granted; Infinity where it did not need all of it. */
  private readonly granted = new Map<number, number>();

  constructor(
    private readonly log: Series,
    private readonly stepsPerEpoch: number | null,
  ) {
    this.best = { offset: 0, log, fits: [] };
    this.thin = thinSeries(log);
  }

  get isExplained(): boolean {
    return this.shortest < Infinity;
  }

  /** Whether one of the offsets gives a schedule of round numbers, after which no other has to be tried. */
  isFoundAmong(offsets: readonly number[], work: number): boolean {
    const untried = [...new Set(offsets.map((offset) => offset + 0))].filter(
      (offset) => (this.granted.get(offset) ?? 0) < work,
    );
    return untried.map((offset) => this.consider(offset, work)).includes(true);
  }

  private consider(offset: number, work: number): boolean {
    const moved = readAt(this.thin, offset);
    if (!moved || this.left <= 0) return false;
    const granted = Math.min(work, this.left / 2);
    const { fits, told, spent } = explained(moved, offset, this.stepsPerEpoch, granted);
    this.left -= spent;
    this.granted.set(offset, spent < granted ? Infinity : work);
    this.keepIfShorter({ offset, log: readAt(this.log, offset) ?? this.log, fits }, told, work);
    return told !== null && isFinal(told);
  }

  private keepIfShorter(reading: Omit<Reading, "spent">, told: DeclaredSchedule | null, work: number): void {
    const { offset } = reading;
    const counts = told !== null && this.mayReplace(told, offset, work);
    const length = counts ? lengthOf(told) + costOfOffset(offset, at(this.thin.steps, 0)) : Infinity;
    const isFirst = !this.isExplained && (offset === 0 || this.best.fits.length === 0);
    if (!isFirst && !(length < this.shortest)) return;
    this.best = reading;
    this.shortest = length;
  }

  /** Numbers that were merely fitted are no sign of another convention. */
  private mayReplace(told: DeclaredSchedule, offset: number, work: number): boolean {
    return offset === 0 || (!this.isExplained && work > WORK_AT_FIRST) || isWritten(told);
  }
}

/** What comes near the log at one reading, that of which the log has enough points first. */
function explained(
  log: Series,
  offset: number,
  stepsPerEpoch: number | null,
  work: number,
): { fits: Fit[]; told: DeclaredSchedule | null; spent: number } {
  const budget = { left: work };
  const series = { ...log, budget };
  const near = ranked(explain(series, stepsPerEpoch));
  const borne = near.filter(({ spec }) => hasEvidence(spec, log));
  const [found] = borne;
  const isTold = found && isNear(found) && !isLongTable(found) && canBeDelayed(found.spec, offset);
  const told = isTold ? inRoundNumbers(found, series) : null;
  return {
    fits: [
      ...(told ? [told] : []),
      ...borne.slice(told ? 1 : 0),
      ...near.filter((fit) => !borne.includes(fit)),
    ],
    told: told?.spec ?? null,
    spent: work - budget.left,
  };
}

/** Of round numbers, and neither a list of parts nor a stretch that may be a lag. */
const isFinal = (told: DeclaredSchedule): boolean =>
  isRound(told) && waitOf(told) === 0 && !(isNative(told) && told.kind === "sequence");

/** Steps of a constant stretch before a fall, so short that it may be a lag; 0 where there is none. */
function waitOf(spec: DeclaredSchedule | undefined): number {
  if (!spec || !isNative(spec) || spec.kind !== "wsd" || spec.warmup > 0) return 0;
  return spec.stable <= MOST_LAG + 1 ? spec.stable : 0;
}
