import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { OptaxSchedule } from "./schedule";

/**
 * The schedule after the last boundary ≤ t (in list order), called with t minus that boundary. As in Python's `zip`,
 * a surplus boundary or schedule is never used.
 */
export function join(schedules: readonly OptaxSchedule[], boundaries: readonly number[]): OptaxSchedule {
  return (count) => {
    const [first, ...later] = schedules;
    if (!first) throw new PythonError("IndexError", "list index out of range");
    let active = first;
    let start = 0;
    for (const [index, next] of later.entries()) {
      const boundary = boundaries[index];
      if (boundary === undefined || count < boundary) continue;
      active = next;
      start = boundary;
    }
    return active(count - start);
  };
}
