import * as views from "@/lib/contracts/endpoints/views";
import { defineRoute } from "@/lib/server/http/define-route";
import { listViews } from "@/lib/server/views/list-views";
import { saveView } from "@/lib/server/views/write-view";

export const GET = defineRoute(views.listViews, ({ ctx, query }) => listViews(ctx, query));

export const POST = defineRoute(views.saveView, ({ ctx, body }) => saveView(ctx, body));
