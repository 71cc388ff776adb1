import * as api from "@/lib/contracts/endpoints/compare";
import { listComparisons } from "@/lib/server/compare/saved-read";
import { saveComparison } from "@/lib/server/compare/saved-write";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(api.listComparisons, ({ ctx, query }) => listComparisons(ctx, query));

export const POST = defineRoute(api.saveComparison, ({ ctx, body }) => saveComparison(ctx, body));
