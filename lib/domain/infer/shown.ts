import { listed } from "@/lib/domain/compare/words";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { type Fit, isNear } from "./candidate";
import { restFrom, same, type Series } from "./series";

/** How much of a schedule its log shows: what is said beyond that is the family's word, not the log's. */
export interface Shown {
  /** The schedule explains the log as well as its rounding allows. */
  exact: boolean;
  /** The log comes to rest at the schedule's end, well below its peak; false for those that have none. */
  ended: boolean;
  /** Most steps from one logged point to the next between which the LR changes; 1: nothing is hidden. */
  gap: number;
}

/** Of the peak. What rests higher may have a fall before it. */
const LOW = 0.9;

/** @param log all of it, at the steps that the schedule counts */
export function shownOf(fit: Fit, log: Series): Shown {
  const rests = restFrom(log) < log.lrs.length && (log.lrs.at(-1) ?? 0) < LOW * log.peak;
  return { exact: isNear(fit), ended: rests && reachesEnd(fit, log), gap: gapOf(log) };
}

/** Whether the log goes on to the schedule's last step; never where it has none. */
export function reachesEnd({ spec }: Fit, { steps }: Series): boolean {
  const { length } = compileDeclared(spec);
  return length !== null && (steps.at(-1) ?? 0) >= length - 1;
}

function gapOf(log: Series): number {
  const { steps, lrs } = log;
  return steps.reduce((most, step, i) => {
    const before = steps[i - 1];
    if (before === undefined || same(log, lrs[i] ?? 0, lrs[i - 1] ?? 0)) return most;
    return Math.max(most, step - before);
  }, 1);
}

/** Beyond its end, another that explains the log as well has to be so far off, of the peak, to be named. */
const APART = 0.05;

/**
 * What a reader has to know before going by a schedule.
 * @param others families that explain the log as well
 */
export function notesOn(
  { exact, ended, gap }: Shown,
  log: Series,
  fit: Fit,
  others: readonly { family: string; fit: Fit }[],
): string[] {
  const last = log.steps.at(-1) ?? 0;
  const apart = others
    .filter((other) => partsAfter(last, fit, other.fit, log.peak))
    .map(({ family }) => family);
  const as = apart.length === 0 ? "" : ` ${listed(apart)} would explain the log as well and go on otherwise.`;
  return [
    ...(exact ? [] : ["It is further off than the log's rounding: the nearest schedule, not the very one."]),
    ...(ended ? [] : [`The log ends at step ${last}; the rest of the schedule is assumed, not seen.${as}`]),
    ...(gap > 1 ? [`Points are up to ${gap} steps apart: what the LR did between them is not known.`] : []),
  ];
}

/** How the log's steps and the schedule's differ; nothing where they are the same. */
export function noteOnOffset(offset: number): string[] {
  if (offset === 0) return [];
  const held = `Step s of the log holds the LR of step s ${offset < 0 ? "−" : "+"} ${Math.abs(offset)}`;
  if (offset > 0) return [`${held}: the LR was read after the update.`];
  if (offset === -1) return [`${held}: the log counts from 1, or shows the LR that the update used.`];
  return [`${held}: the schedule lags by ${-offset} steps, as when a loss scaler skips the first updates.`];
}

/** Whether two schedules part in as many steps again as the log has. */
function partsAfter(last: number, a: Fit, b: Fit, peak: number): boolean {
  const steps = Array.from({ length: 33 }, (_, i) => last + Math.ceil(((last + 1) * i) / 32));
  const [left, right] = [a, b].map(({ spec }) => compileDeclared(spec).at(steps)[0] ?? new Float64Array());
  return steps.some((_, i) => Math.abs((left?.[i] ?? 0) - (right?.[i] ?? 0)) > APART * peak);
}
