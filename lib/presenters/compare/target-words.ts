import type { ComparedGroup } from "@/lib/contracts/compare";
import { formatDuration } from "@/lib/presenters/format/duration";
import { formatCount, NO_VALUE } from "@/lib/presenters/format/number";

type Target = ComparedGroup["target"];

/** The median run's steps to the target; `not yet` while some may still get there. */
export function stepsText(target: Target): string {
  if (target === null || target.of === 0) return NO_VALUE;
  if (target.steps !== null) return formatCount(Math.round(target.steps));
  return target.waiting > 0 ? "not yet" : "not reached";
}

export const timeText = (target: Target): string =>
  typeof target?.seconds === "number" ? formatDuration(target.seconds) : NO_VALUE;

/** `4 of 5 got there, 1 unfinished`. */
export function reachedText({ reached, of, waiting }: NonNullable<Target>): string {
  return `${reached} of ${of} got there${waiting > 0 ? `, ${waiting} unfinished` : ""}`;
}
