import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { deleteChannel, updateChannel } from "@/lib/server/notify/write-channel";

export const PATCH = defineRoute(api.updateChannel, ({ ctx, params, body }) =>
  updateChannel(ctx, params.channel_id, body),
);

export const DELETE = defineRoute(api.deleteChannel, ({ ctx, params }) =>
  deleteChannel(ctx, params.channel_id),
);
