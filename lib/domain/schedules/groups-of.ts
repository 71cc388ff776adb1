import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** One schedule per param group, in the optimizer's order: the parts of `groups`, or the schedule itself. */
export function groupsOf(spec: ScheduleSpec): readonly ScheduleSpec[] {
  return spec.kind === "groups" ? spec.groups.flatMap((group) => groupsOf(group.spec)) : [spec];
}
