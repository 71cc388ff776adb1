import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** Whether a reduce-on-plateau is anywhere in the schedule. */
export function followsMetric(spec: ScheduleSpec): boolean {
  switch (spec.kind) {
    case "reduce_on_plateau":
      return true;
    case "warmup":
      return followsMetric(spec.then);
    case "sequence":
      return spec.parts.some((part) => followsMetric(part.spec));
    case "product":
      return spec.factors.some(followsMetric);
    case "per_epoch":
      return followsMetric(spec.spec);
    case "groups":
      return spec.groups.some((group) => followsMetric(group.spec));
    default:
      return false;
  }
}
