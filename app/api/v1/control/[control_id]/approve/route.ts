import { approveControl } from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import { decideControl } from "@/lib/server/control/decide";

export const POST = defineRoute(approveControl, ({ ctx, params, body }) =>
  decideControl(ctx, { ...params, ...body, event: "approve" }),
);
