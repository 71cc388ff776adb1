import * as api from "@/lib/contracts/endpoints/notifications";
import { defineRoute } from "@/lib/server/http/define-route";
import { listDeliveries } from "@/lib/server/notify/list-deliveries";

export const GET = defineRoute(api.listDeliveries, ({ ctx, query }) => listDeliveries(ctx, query));
