import * as runs from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import { runTable } from "@/lib/server/runs/run-table";

export const GET = defineRoute(runs.runTable, ({ ctx, query }) => runTable(ctx, query));
