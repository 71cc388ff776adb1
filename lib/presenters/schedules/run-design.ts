import type { Run } from "@/lib/contracts/runs";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { designHref } from "./design-link";

interface Told {
  readonly schedule: DeclaredSchedule;
  /** In words; absent: the run's own. */
  readonly description?: string;
}

/** The designer with a run's schedules, over the run's length. */
export function runDesignHref(run: Run, schedules: readonly Told[]): string {
  const totalSteps = run.total_steps ?? (run.last_step === null ? null : run.last_step + 1);
  return designHref(
    schedules.map(({ schedule, description }) => ({
      name: description ?? run.name,
      schedule,
      totalSteps: totalSteps !== null && totalSteps >= 2 ? totalSteps : null,
      stepsPerEpoch: run.steps_per_epoch,
    })),
  );
}
