import { openapi } from "@/lib/contracts/endpoints/system";
import { defineRoute } from "@/lib/server/http/define-route";
import { openApiDocument } from "@/lib/server/openapi";

export const GET = defineRoute(openapi, async () => ({ ...openApiDocument() }));
