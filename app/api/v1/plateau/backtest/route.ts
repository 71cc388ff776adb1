import { backtest } from "@/lib/contracts/endpoints/system";
import { defineRoute } from "@/lib/server/http/define-route";
import { runBacktest } from "@/lib/server/plateau/backtest";

export const POST = defineRoute(backtest, async ({ body }) => runBacktest(body));
