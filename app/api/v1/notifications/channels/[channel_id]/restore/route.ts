import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { restoreChannel } from "@/lib/server/notify/write-channel";

export const POST = defineRoute(api.restoreChannel, ({ ctx, params }) =>
  restoreChannel(ctx, params.channel_id),
);
