import { inferSchedule } from "@/lib/contracts/endpoints/audit";
import { defineComputed } from "@/lib/server/http/define-computed";

export const POST = defineComputed(inferSchedule, "infer");
