import { lastReached } from "@/lib/domain/schedules/stairs";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { OptaxSchedule } from "./schedule";

/**
 * The schedule after the last boundary ≤ t (in list order), called with t minus that boundary. As in Python's `zip`,
 * a surplus boundary or schedule is never used.
 */
export function join(schedules: readonly OptaxSchedule[], boundaries: readonly number[]): OptaxSchedule {
  const [first, ...later] = schedules;
  const parts = later.slice(0, boundaries.length);
  const starts = boundaries.slice(0, parts.length);
  return (count) => {
    if (!first) throw new PythonError("IndexError", "list index out of range");
    const last = lastReached(starts, count);
    return (parts[last] ?? first)(count - (starts[last] ?? 0));
  };
}
