import * as runs from "@/lib/contracts/endpoints/runs";
import { defineRoute, Reply } from "@/lib/server/http/define-route";
import { createRun } from "@/lib/server/runs/create-run";
import { listRuns } from "@/lib/server/runs/list-runs";

export const GET = defineRoute(runs.listRuns, ({ ctx, query }) => listRuns(ctx, query));

export const POST = defineRoute(runs.createRun, async ({ ctx, body }) => {
  const { run, resumed } = await createRun(ctx, body);
  return new Reply(resumed ? 200 : 201, run);
});
