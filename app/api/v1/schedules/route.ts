import * as schedules from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { listSaved } from "@/lib/server/schedules/saved-read";
import { saveSchedule } from "@/lib/server/schedules/saved-write";

export const GET = defineRoute(schedules.listSaved, ({ ctx, query }) => listSaved(ctx, query));

export const POST = defineRoute(schedules.saveSchedule, ({ ctx, body }) => saveSchedule(ctx, body));
