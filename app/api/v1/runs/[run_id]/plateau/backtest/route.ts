import { backtestRun } from "@/lib/contracts/endpoints/backtest";
import { defineRoute } from "@/lib/server/http/define-route";
import { backtestRun as run } from "@/lib/server/plateau/backtest-run";

export const POST = defineRoute(backtestRun, ({ ctx, params, body }) => run(ctx, params.run_id, body));
