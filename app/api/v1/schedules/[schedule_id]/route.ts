import * as schedules from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { getSaved } from "@/lib/server/schedules/saved-read";
import { deleteSaved, updateSaved } from "@/lib/server/schedules/saved-write";

export const GET = defineRoute(schedules.getSaved, ({ ctx, params }) => getSaved(ctx, params.schedule_id));

export const PATCH = defineRoute(schedules.updateSaved, ({ ctx, params, body }) =>
  updateSaved(ctx, params.schedule_id, body),
);

export const DELETE = defineRoute(schedules.deleteSaved, ({ ctx, params }) =>
  deleteSaved(ctx, params.schedule_id),
);
