import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { toNative } from "@/lib/domain/schedules/to-native";

/** A library's schedule in our words; null where there are none, or an argument is wrong. */
export function nativeOf(schedule: LibrarySchedule, stepsPerEpoch: number | null): ScheduleSpec | null {
  try {
    return toNative(schedule, { stepsPerEpoch });
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}
