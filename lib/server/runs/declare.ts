import "server-only";
import type { UpdateRunBody } from "@/lib/contracts/runs";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { checkSchedule } from "../schedules/declared-lr";

type Declared = Omit<UpdateRunBody, "tags">;
type Columns = Pick<
  Prisma.RunUncheckedUpdateInput,
  | "name"
  | "group"
  | "seed"
  | "config"
  | "notes"
  | "schedule"
  | "scheduleFamily"
  | "scheduleSource"
  | "inferred"
  | "inferredStep"
  | "lrMetric"
  | "totalSteps"
  | "stepsPerEpoch"
>;

/** A schedule and the lengths that it may need. */
type Scheduled = Pick<Declared, "schedule" | "steps_per_epoch" | "total_steps">;

/**
 * What a client declares of a run, as columns; a field that is absent stays as it is.
 * @throws ServiceError invalid_parameters for a schedule that cannot be evaluated
 */
export function declaredColumns(body: Declared, known: Scheduled) {
  const { schedule, steps_per_epoch, total_steps } = body;
  const after: Scheduled = { ...known, ...body };
  if (after.schedule && [schedule, steps_per_epoch, total_steps].some((said) => said !== undefined)) {
    checkSchedule(after.schedule, {
      stepsPerEpoch: after.steps_per_epoch ?? undefined,
      totalSteps: after.total_steps ?? undefined,
    });
  }
  return {
    name: body.name,
    group: body.group,
    seed: body.seed,
    config: body.config === undefined ? undefined : JSON.stringify(body.config),
    notes: body.notes,
    ...(schedule === undefined
      ? {}
      : {
          schedule: schedule === null ? null : JSON.stringify(schedule),
          scheduleFamily: schedule === null ? null : scheduleFamily(schedule),
          scheduleSource: schedule === null ? null : "declared",
          inferred: null,
          inferredStep: null,
        }),
    lrMetric: body.lr_metric,
    totalSteps: body.total_steps,
    stepsPerEpoch: body.steps_per_epoch,
  } satisfies Columns;
}
