import { ackControl } from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import * as control from "@/lib/server/control/decide";

export const POST = defineRoute(ackControl, ({ ctx, params, body }) =>
  control.ackControl(ctx, params.control_id, body),
);
