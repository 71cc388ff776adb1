import { backtest } from "@/lib/contracts/endpoints/system";
import { defineComputed } from "@/lib/server/http/define-computed";

export const POST = defineComputed(backtest, "backtest");
