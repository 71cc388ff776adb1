import * as views from "@/lib/contracts/endpoints/views";
import { defineRoute } from "@/lib/server/http/define-route";
import { deleteView, updateView } from "@/lib/server/views/write-view";

export const PATCH = defineRoute(views.updateView, ({ ctx, params, body }) =>
  updateView(ctx, params.view_id, body),
);

export const DELETE = defineRoute(views.deleteView, ({ ctx, params }) => deleteView(ctx, params.view_id));
