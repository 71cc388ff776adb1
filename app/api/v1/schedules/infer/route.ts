import { inferSchedule } from "@/lib/contracts/endpoints/audit";
import { defineRoute } from "@/lib/server/http/define-route";
import * as schedules from "@/lib/server/schedules/infer";

export const POST = defineRoute(inferSchedule, async ({ body }) => schedules.inferFromLog(body));
