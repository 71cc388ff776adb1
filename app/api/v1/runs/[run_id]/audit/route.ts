import * as audit from "@/lib/contracts/endpoints/audit";
import { getAudit } from "@/lib/server/audit/get-audit";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(audit.getAudit, ({ ctx, params }) => getAudit(ctx, params.run_id));
