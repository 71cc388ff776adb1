import { endpoint } from "../endpoint";
import { HealthNotes, HealthQuery } from "../health-notes";
import { RunParams } from "../runs";

export const getHealthNotes = endpoint({
  method: "GET",
  path: "/runs/{run_id}/health",
  tag: "runs",
  summary: "Whether the LR suits the run, and whether it overfits, with the evidence",
  params: RunParams,
  query: HealthQuery,
  responses: { 200: HealthNotes },
});
