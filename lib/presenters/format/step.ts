import { formatCount, NO_VALUE } from "@/lib/presenters/format/number";

/** `812`, `12.3k`; a dash before the first point. */
export function formatStep(step: number | null | undefined): string {
  return step === null || step === undefined ? NO_VALUE : formatCount(step);
}

/**
 * Where a run stands: `812/1,200`. `last` is the step of the last point, counted from 0; `total` a number of steps, so
 * a run that is through shows `1,200/1,200`.
 */
export function formatProgress(last: number | null, total: number | null): string {
  if (last === null) return NO_VALUE;
  return total === null
    ? formatStep(last)
    : `${formatCount(Math.min(last + 1, total))}/${formatCount(total)}`;
}
