import type { Metadata } from "next";
import { ApiReference } from "@/components/docs/api-reference";
import { PageFrame } from "@/components/shell/page-frame";
import { presentApi } from "@/lib/presenters/docs/api-reference";
import { openApiDocument } from "@/lib/server/openapi";
import { requestOrigin } from "../../request-origin";

export const metadata: Metadata = { title: "API" };

export default async function ApiPage() {
  return (
    <PageFrame crumbs={[{ label: "API" }]}>
      <ApiReference api={presentApi(openApiDocument(), await requestOrigin())} />
    </PageFrame>
  );
}
