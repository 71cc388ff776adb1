import { getHealthNotes } from "@/lib/contracts/endpoints/health";
import { healthNotes } from "@/lib/server/health-notes/health-notes";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(getHealthNotes, ({ ctx, params, query }) =>
  healthNotes(ctx, params.run_id, query),
);
