import "server-only";
import type { InferBody, InferResponse } from "@/lib/contracts/infer";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { invalid } from "../errors";

/** A pure function of the request. @throws ServiceError invalid_parameters naming the field */
export function inferFromLog({ steps, lrs, steps_per_epoch }: InferBody): InferResponse {
  if (lrs.length !== steps.length)
    throw invalid("lrs", `must be as many as steps: ${lrs.length} lrs, ${steps.length} steps`);
  const back = steps.findIndex((step, i) => i > 0 && step <= (steps[i - 1] ?? -1));
  if (back !== -1) throw invalid(`steps[${back}]`, "steps must ascend, each of them once");
  return inferSchedule(steps, lrs, { stepsPerEpoch: steps_per_epoch });
}
