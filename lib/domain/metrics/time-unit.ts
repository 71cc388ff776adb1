/** The end of the year 9999 in Unix seconds: what is larger cannot be seconds. */
export const LATEST_SECONDS = 253_402_300_799;

const UNITS = [
  { name: "milliseconds", perSecond: 1e3 },
  { name: "microseconds", perSecond: 1e6 },
  { name: "nanoseconds", perSecond: 1e9 },
] as const;

export const LATEST_NANOSECONDS = LATEST_SECONDS * 1e9;

/**
 * The unit that a time was given in, by its size: every unit's times from 1978 to 9999 are larger than all of the
 * smaller one's. null for seconds.
 */
export const unitOf = (time: number) =>
  time <= LATEST_SECONDS ? null : (UNITS.find(({ perSecond }) => time / perSecond <= LATEST_SECONDS) ?? null);

/** A time in Unix seconds, whatever unit it was given in. */
export const secondsOf = (time: number): number => time / (unitOf(time)?.perSecond ?? 1);

/** What to tell a job that gives times in another unit, in the same words each time; null when all are seconds or left out. */
export function unitWarning(times: readonly (number | undefined)[]): string | null {
  for (const time of times) {
    const unit = time === undefined ? null : unitOf(time);
    if (unit)
      return `time must be Unix seconds, and ${unit.name} were sent: they were stored as seconds. Divide them by ${unit.perSecond}, or leave time out.`;
  }
  return null;
}
