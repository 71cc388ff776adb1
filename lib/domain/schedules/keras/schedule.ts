import { ignored, optional, type Kwargs } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";

/**
 * A constructed Keras schedule: the LR at a step. The arithmetic is the backend's (a tensor's), so a division by zero
 * gives Infinity or NaN instead of raising.
 */
type KerasSchedule = (step: number) => number;

export type KerasConstructor = (kwargs: Kwargs, path: string) => KerasSchedule;

/** `name` labels the operation and has no bearing on the LR. */
export const NAME = { name: optional(ignored, null) };

/** Every Keras decay refuses a length that is not positive. */
export function checkLength(argument: string, length: number): void {
  if (length > 0) return;
  throw new PythonError(
    "ValueError",
    `Argument \`${argument}\` must be > 0. Received: ${argument}=${length}`,
  );
}
