import "server-only";
import type { z } from "zod";
import type { Advice, AdviseBody, PresetsResponse } from "@/lib/contracts/advise";
import { advise } from "@/lib/domain/advise/advise";
import { CATALOGUE } from "@/lib/domain/advise/catalogue";
import { PRESETS } from "@/lib/domain/advise/presets";
import { formulasPerStep } from "@/lib/domain/schedules/schedule-cost";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { invalid } from "../errors";

/** A pure function of the request. @throws ServiceError invalid_parameters for a planned schedule that is none */
export function adviseOn(body: AdviseBody): Advice {
  try {
    if (body.plan?.schedule) formulasPerStep(body.plan.schedule);
    return advise(body);
  } catch (error) {
    if (error instanceof ScheduleError) throw invalid(`plan.${error.path}`, error.message);
    throw error;
  }
}

/** Schedules of published trainings, and the families with when to use them. */
export function schedulePresets(): z.input<typeof PresetsResponse> {
  return {
    presets: [...PRESETS],
    families: CATALOGUE.map((entry) => ({ ...entry, typical: [...entry.typical] })),
  };
}
