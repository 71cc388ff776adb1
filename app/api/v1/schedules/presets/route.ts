import { listPresets } from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { schedulePresets } from "@/lib/server/schedules/advise";

export const GET = defineRoute(listPresets, async () => schedulePresets());
