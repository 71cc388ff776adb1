import { listDeleted } from "@/lib/contracts/endpoints/deleted";
import * as deleted from "@/lib/server/deleted/list-deleted";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(listDeleted, ({ ctx, query }) => deleted.listDeleted(ctx, query));
