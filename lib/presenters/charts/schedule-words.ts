import type { Run } from "@/lib/contracts/runs";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";

/** A run's schedule as a phrase; null without one. For pages: it brings every library's vocabulary along. */
export function scheduleWords({ schedule }: Pick<Run, "schedule">): string | null {
  return schedule === null ? null : describeSchedule(asDeclared(schedule));
}

/** The wire fixes a schedule's outer shape only; a stored one passed the domain's own check when it was declared. */
const asDeclared = (schedule: object): DeclaredSchedule => schedule as unknown as DeclaredSchedule;
