import * as schedules from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { adviseSchedules } from "@/lib/server/schedules/advise";

export const POST = defineRoute(schedules.adviseSchedules, async ({ body }) => adviseSchedules(body));
