import { listInbox } from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import * as control from "@/lib/server/control/list-control";

export const GET = defineRoute(listInbox, ({ ctx, query }) => control.listInbox(ctx, query));
