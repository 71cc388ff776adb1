import * as runs from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import { listRunFields } from "@/lib/server/runs/run-fields";

export const GET = defineRoute(runs.runFields, ({ ctx, query }) => listRunFields(ctx, query));
