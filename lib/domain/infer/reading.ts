import { at } from "./at";
import { type Fit, isNear, ranked } from "./candidate";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { hasEvidence, LEAST_POINTS } from "./evidence";
import { explain, isLongTable } from "./explain";
import {
  fromWait,
  LAGS,
  MOST_LAG,
  readAt,
  suggestedOffsets,
  offsetOfRise,
  showsStart,
  USUAL_OFFSETS,
} from "./offsets";
import { inRoundNumbers } from "./rounded";
import { costOfOffset, isRound, isWritten, lengthOf, oddNumbers } from "./roundness";
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
  const { offset, log: moved, fits } = readings.best;
  return { offset, log: moved, fits, spent: WORK - readings.left };
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
  if (readings.isExplained) tryBetter(readings, lags);
  else tryHarder(readings, lags, [rise, suggested]);
}

/** Looks for an offset under which what was found can be said in fewer or rounder numbers. */
function tryBetter(readings: Readings, lags: readonly number[]): void {
  const { told, offset } = readings.best;
  const wait = waitOf(told);
  const waits = lags.length > 0 ? [...(wait > 0 ? [offset - wait] : []), ...readings.waits] : [];
  if (readings.isFoundAmong(waits, Infinity)) return;
  if (told && !isWritten(told) && readings.isFoundAmong(USUAL_OFFSETS, Infinity)) return;
  // A curve that looks the same from any step on is explained by odd numbers, too.
  readings.isFoundAmong(lags, WORK_AT_FIRST);
}

/** Gives the likeliest offsets all the work that is left. */
function tryHarder(
  readings: Readings,
  lags: readonly number[],
  [rise = [], suggested = []]: number[][],
): void {
  readings.isFoundAmong([0, ...rise], Infinity);
  if (!readings.isExplained) readings.isFoundAmong(lags, WORK_AT_FIRST);
  if (!readings.isExplained) readings.isFoundAmong([...suggested, ...USUAL_OFFSETS], Infinity);
}

type Tried = Omit<Reading, "spent"> & { told: DeclaredSchedule | null };

/** The readings of a log that were tried, and the best of them. */
class Readings {
  readonly thin: Series;
  /** The offset of a log that shows at every step how long it waits. */
  readonly waits: readonly number[];
  left = WORK;
  private readonly tried = new Map<number, Tried>();
  /** Work that each offset was granted; Infinity where it did not need all of it. */
  private readonly granted = new Map<number, number>();

  constructor(
    private readonly log: Series,
    private readonly stepsPerEpoch: number | null,
  ) {
    this.thin = thinSeries(log);
    this.waits = fromWait(this.thin).filter((offset) => offset >= -MOST_LAG);
  }

  get isExplained(): boolean {
    return this.told.some((reading) => this.counts(reading));
  }

  get best(): Tried {
    const counted = this.told.filter((reading) => this.counts(reading));
    const all = counted.length > 0 ? counted : this.told;
    const untold = { offset: 0, log: this.log, fits: [], told: null };
    if (all.length === 0) return this.tried.get(0) ?? untold;
    return all.reduce((best, reading) => (this.lengthOf(reading) < this.lengthOf(best) ? reading : best));
  }

  /** Whether one of the offsets gives a schedule of round numbers, after which no other has to be tried. */
  isFoundAmong(offsets: readonly number[], work: number): boolean {
    const untried = [...new Set(offsets.map((offset) => offset + 0))].filter(
      (offset) => (this.granted.get(offset) ?? 0) < work,
    );
    return untried.map((offset) => this.isFoundAt(offset, work)).includes(true);
  }

  private isFoundAt(offset: number, work: number): boolean {
    const moved = readAt(this.thin, offset);
    if (!moved || this.left <= 0) return false;
    const granted = Math.min(work, this.left / 2);
    const { fits, told, spent } = explained(moved, this.stepsPerEpoch, granted);
    this.left -= spent;
    this.granted.set(offset, spent < granted ? Infinity : work);
    this.tried.set(offset, { offset, log: readAt(this.log, offset) ?? this.log, fits, told });
    return told !== null && isFinal(told);
  }

  private get told(): Tried[] {
    return [...this.tried.values()].filter(({ told }) => told !== null);
  }

  /**
   * Numbers that were merely fitted are no sign of another convention, unless the log's own steps need more of them, or as
   * many and a stretch in front.
   */
  private counts({ told, offset }: Tried): boolean {
    if (told === null) return false;
    if (offset === 0 || isWritten(told)) return true;
    const own = this.tried.get(0)?.told;
    return !!own && oddNumbers(told) - (this.waits.includes(offset) ? 1 : 0) < oddNumbers(own);
  }

  private lengthOf({ told, offset }: Tried): number {
    return told === null ? Infinity : lengthOf(told) + costOfOffset(offset, at(this.thin.steps, 0));
  }
}

/** What comes near the log at one reading, that of which the log has enough points first. */
function explained(
  log: Series,
  stepsPerEpoch: number | null,
  work: number,
): { fits: Fit[]; told: DeclaredSchedule | null; spent: number } {
  const budget = { left: work };
  const series = { ...log, budget };
  const near = ranked(explain(series, stepsPerEpoch));
  const borne = near.filter(({ spec }) => hasEvidence(spec, log));
  const [found] = borne;
  const isTold = found && isNear(found) && !isLongTable(found);
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
function waitOf(spec: DeclaredSchedule | null): number {
  if (!spec || !isNative(spec) || spec.kind !== "wsd" || spec.warmup > 0) return 0;
  return spec.stable <= MOST_LAG + 1 ? spec.stable : 0;
}
