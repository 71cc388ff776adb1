import * as schedules from "@/lib/contracts/endpoints/schedules";
import { defineRoute } from "@/lib/server/http/define-route";
import { rangeTest } from "@/lib/server/schedules/range-test";

export const POST = defineRoute(schedules.rangeTest, ({ ctx, body }) => rangeTest(ctx, body));
