import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { listChannels } from "@/lib/server/notify/list-channels";
import { createChannel } from "@/lib/server/notify/write-channel";

export const GET = defineRoute(api.listChannels, ({ ctx, query }) => listChannels(ctx, query));

export const POST = defineRoute(api.createChannel, ({ ctx, body }) => createChannel(ctx, body));
