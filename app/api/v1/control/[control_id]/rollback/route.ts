import { rollbackControl } from "@/lib/contracts/endpoints/control";
import { rollBack } from "@/lib/server/control/rollback";
import { defineRoute } from "@/lib/server/http/define-route";

export const POST = defineRoute(rollbackControl, ({ ctx, params, body }) =>
  rollBack(ctx, params.control_id, body?.note),
);
