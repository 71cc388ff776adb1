import "server-only";
import type { ExportBody, ExportResult } from "@/lib/contracts/export";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import { formulasPerStep } from "@/lib/domain/schedules/schedule-cost";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { invalid } from "../errors";

/** A pure function of the request: no run, no database. @throws ServiceError invalid_parameters naming the argument */
export function exportCode(body: ExportBody): ExportResult {
  const { schedule, target, steps_per_epoch, total_steps } = body;
  try {
    formulasPerStep(schedule);
    return exportSchedule(schedule, target, { stepsPerEpoch: steps_per_epoch, totalSteps: total_steps });
  } catch (error) {
    if (error instanceof ScheduleError) throw invalid(error.path, error.message);
    throw error;
  }
}
