import * as runs from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import { getRun } from "@/lib/server/runs/get-run";
import { deleteRun, updateRun } from "@/lib/server/runs/write-run";

export const GET = defineRoute(runs.getRun, ({ ctx, params }) => getRun(ctx, params.run_id));

export const PATCH = defineRoute(runs.updateRun, ({ ctx, params, body }) =>
  updateRun(ctx, params.run_id, body),
);

export const DELETE = defineRoute(runs.deleteRun, ({ ctx, params }) => deleteRun(ctx, params.run_id));
