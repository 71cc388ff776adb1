import { getReplay } from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { replayOf } from "@/lib/server/schedules/replay-of";

export const GET = defineRoute(getReplay, ({ ctx, params, query }) =>
  replayOf(ctx, params.run_id, query.points),
);
