import { evaluateSchedule } from "@/lib/contracts/endpoints/system";
import { defineRoute } from "@/lib/server/http/define-route";
import * as schedules from "@/lib/server/schedules/evaluate";

export const POST = defineRoute(evaluateSchedule, async ({ body }) => schedules.evaluateSchedule(body));
