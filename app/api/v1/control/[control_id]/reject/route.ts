import { rejectControl } from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import { decideControl } from "@/lib/server/control/decide";

export const POST = defineRoute(rejectControl, ({ ctx, params, body }) =>
  decideControl(ctx, { ...params, ...body, event: "reject" }),
);
