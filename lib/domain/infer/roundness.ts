import { leavesOf } from "@/lib/domain/audit/leaves";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

/** Beyond these a number was computed, not chosen. */
const MOST_DIGITS = 12;

/** Significant digits of a number as a person writes it: 1 of 0.001 and of 3000, none of 0. */
export function digitsOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const [mantissa = ""] = Math.abs(Number(value.toPrecision(MOST_DIGITS)))
    .toExponential()
    .split("e");
  return mantissa.replace(".", "").length;
}

/** The number with the fewest digits that is no further off. */
export function shortestWithin(value: number, within: number): number {
  for (let digits = 1; digits < MOST_DIGITS; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.abs(short - value) <= within) return short;
  }
  return value;
}

/** A digit of an LR or a factor, which a person chooses; a number of steps may follow from a data set. */
const CHOSEN = 1.5;

/** How long a schedule is to write down, in digits: each of its numbers has a name, too. */
export const lengthOf = (spec: DeclaredSchedule): number =>
  leavesOf(spec).reduce((sum, { value, whole }) => sum + 1 + digitsOf(value) * (whole ? 1 : CHOSEN), 0) +
  resumedOf(spec).reduce((sum, value) => sum + 1 + digitsOf(value) * CHOSEN, 0);

/** The LRs from which a schedule was resumed, which are no parameters of its curve. */
const resumedOf = (spec: DeclaredSchedule): readonly number[] =>
  "resume" in spec && spec.resume ? Object.values(spec.resume).flat() : [];

/** Digits that people choose: of an LR or a factor, and of a number of steps. */
const FEW = 2;
const FEW_OF_STEPS = 6;

/** What is still a number that somebody wrote down, or divided once. */
const WRITTEN = 5;

/** Whether every number is one that a person would have chosen. */
export const isRound = (spec: DeclaredSchedule): boolean =>
  leavesOf(spec).every(({ value, whole }) => digitsOf(value) <= (whole ? FEW_OF_STEPS : FEW));

/** How many numbers look as if they were merely fitted. */
export const oddNumbers = (spec: DeclaredSchedule): number =>
  leavesOf(spec).filter(({ value, whole }) => digitsOf(value) > (whole ? FEW_OF_STEPS : WRITTEN)).length;

export const isWritten = (spec: DeclaredSchedule): boolean => oddNumbers(spec) === 0;

/**
 * What another reading than the log's own steps has to save, in digits. One step is a usual convention; more is a lag,
 * which a log that begins at step 0 hardly has, since it shows no update that was skipped.
 */
const STEP_OFF = 1.5;
const LAG = 2.5;
const LAG_FROM_ZERO = 6;

export function costOfOffset(offset: number, firstStep: number): number {
  if (offset === 0) return 0;
  if (Math.abs(offset) === 1) return STEP_OFF;
  return firstStep === 0 ? LAG_FROM_ZERO : LAG;
}
