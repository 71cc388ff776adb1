import * as api from "@/lib/contracts/endpoints/compare";
import { getComparison } from "@/lib/server/compare/saved-read";
import { deleteComparison, updateComparison } from "@/lib/server/compare/saved-write";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(api.getComparison, ({ ctx, params }) =>
  getComparison(ctx, params.comparison_id),
);

export const PATCH = defineRoute(api.updateComparison, ({ ctx, params, body }) =>
  updateComparison(ctx, params.comparison_id, body),
);

export const DELETE = defineRoute(api.deleteComparison, ({ ctx, params }) =>
  deleteComparison(ctx, params.comparison_id),
);
