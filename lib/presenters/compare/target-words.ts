import type { ComparedGroup } from "@/lib/contracts/compare";
import { formatDuration } from "@/lib/presenters/format/duration";
import { formatCount, formatValue, NO_VALUE } from "@/lib/presenters/format/number";

type Target = ComparedGroup["target"];

const LONGEST = 8;

/** A target as it was set: `0.1`, not `0.1000`. */
export function targetText(target: number): string {
  const plain = String(target);
  return plain.length <= LONGEST ? plain : formatValue(target);
}

/** The median run's steps to the target; `not yet` while some may still get there. */
export function stepsText(target: Target): string {
  if (target === null || target.of === 0) return NO_VALUE;
  if (target.steps !== null) return formatCount(Math.round(target.steps));
  return target.waiting > 0 ? "not yet" : "not reached";
}

export const timeText = (target: Target): string =>
  typeof target?.seconds === "number" ? formatDuration(target.seconds) : NO_VALUE;

/** `4 of 5`, for a tight place. */
export const countText = ({ reached, of }: NonNullable<Target>): string => `${reached} of ${of}`;

/** `4 of 5 got there, 1 unfinished`. */
export function reachedText({ reached, of, waiting }: NonNullable<Target>): string {
  return `${reached} of ${of} got there${waiting > 0 ? `, ${waiting} unfinished` : ""}`;
}
