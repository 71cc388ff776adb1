import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { testChannel } from "@/lib/server/notify/test-channel";

export const POST = defineRoute(api.testChannel, ({ ctx, params }) => testChannel(ctx, params.channel_id));
