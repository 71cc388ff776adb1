import { pendingControl } from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import { pendingControlOf } from "@/lib/server/control/pending";

export const GET = defineRoute(pendingControl, ({ ctx, params, query, request }) =>
  pendingControlOf(ctx, { ...params, ...query }, request.signal),
);
