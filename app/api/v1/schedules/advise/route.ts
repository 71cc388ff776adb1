import { adviseSchedules } from "@/lib/contracts/endpoints/schedules";
import { defineComputed } from "@/lib/server/http/define-computed";

export const POST = defineComputed(adviseSchedules, "advise");
