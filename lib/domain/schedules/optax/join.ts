import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { OptaxSchedule } from "./schedule";

/**
 * The schedule after the last boundary ≤ t (in list order), called with t minus that boundary. As in Python's `zip`,
 * a surplus boundary or schedule is never used.
 */
export function join(schedules: readonly OptaxSchedule[], boundaries: readonly number[]): OptaxSchedule {
  const [first, ...later] = schedules;
  const parts = later.slice(0, boundaries.length);
  return (count) => {
    if (!first) throw new PythonError("IndexError", "list index out of range");
    let active = first;
    let start = 0;
    for (let i = 0; i < parts.length; i++) {
      const boundary = boundaries[i] ?? NaN;
      if (count < boundary) continue;
      active = parts[i] ?? first;
      start = boundary;
    }
    return active(count - start);
  };
}
