import { backtestRun } from "@/lib/contracts/endpoints/backtest";
import { defineRoute } from "@/lib/server/http/define-route";
import { runReading } from "@/lib/server/work/run-reading";

export const POST = defineRoute(backtestRun, ({ ctx, params, body }) =>
  runReading("backtestRun", ctx, { ...params, ...body }),
);
