import { exportSchedule } from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { exportCode } from "@/lib/server/schedules/export";

export const POST = defineRoute(exportSchedule, async ({ body }) => exportCode(body));
