import * as control from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import { createControl } from "@/lib/server/control/create-control";
import { listRunControl } from "@/lib/server/control/list-control";

export const GET = defineRoute(control.listRunControl, ({ ctx, params, query }) =>
  listRunControl(ctx, { ...params, ...query }),
);

export const POST = defineRoute(control.createControl, ({ ctx, params, body }) =>
  createControl(ctx, params.run_id, body),
);
