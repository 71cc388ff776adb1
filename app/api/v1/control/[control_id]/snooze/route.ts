import { snoozeControl } from "@/lib/contracts/endpoints/control";
import { snoozeControl as snooze } from "@/lib/server/control/snooze";
import { defineRoute } from "@/lib/server/http/define-route";

export const POST = defineRoute(snoozeControl, ({ ctx, params, body }) =>
  snooze(ctx, params.control_id, body.for),
);
