import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { retryDelivery } from "@/lib/server/notify/retry-delivery";

export const POST = defineRoute(api.retryDelivery, ({ ctx, params }) =>
  retryDelivery(ctx, params.delivery_id),
);
