import { RunAudit } from "../audit";
import { endpoint } from "../endpoint";
import { InferBody, InferResponse } from "../infer";
import { RunParams } from "../runs";

const tag = "audit";
/** 100 000 steps with their LRs. */
const MAX_BODY = 4 * 1024 * 1024;

export const getAudit = endpoint({
  method: "GET",
  path: "/runs/{run_id}/audit",
  tag,
  summary: "Actual against effective LR as diagnoses, or the schedule that the log shows",
  params: RunParams,
  responses: { 200: RunAudit },
});

export const inferSchedule = endpoint({
  method: "POST",
  path: "/schedules/infer",
  tag: "schedules",
  summary: "The schedule that logged LRs show",
  description: "Of the families that explain the log within its rounding the one with the fewest parameters.",
  body: InferBody,
  maxBody: MAX_BODY,
  responses: { 200: InferResponse },
});
