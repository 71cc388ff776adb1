import { finishRun } from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import * as runs from "@/lib/server/runs/write-run";

export const POST = defineRoute(finishRun, ({ ctx, params, body }) =>
  runs.finishRun(ctx, params.run_id, body),
);
