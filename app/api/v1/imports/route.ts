import { importRuns as endpoint } from "@/lib/contracts/endpoints/imports";
import { defineRoute } from "@/lib/server/http/define-route";
import { importRuns } from "@/lib/server/imports/import-runs";

/** The body is streamed to disk, so the request itself is handed on. */
export const POST: ReturnType<typeof defineRoute> = (request, context) =>
  defineRoute(endpoint, ({ ctx, query }) => importRuns(ctx, query, request))(request, context);
