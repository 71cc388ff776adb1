import type { Metadata } from "next";
import { ComparePage } from "@/components/compare/compare-page";
import { PageFrame } from "@/components/shell/page-frame";
import { pageContext } from "@/lib/server/page-context";
import { listProjects } from "@/lib/server/projects/list-projects";
import { loadComparison } from "./_view/load-comparison";

export const metadata: Metadata = { title: "Compare" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Compare({ searchParams }: Props) {
  const [ctx, given] = await Promise.all([pageContext(), searchParams]);
  const search = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const [{ items }, { primary, initial }] = await Promise.all([
    listProjects(ctx, { limit: 200 }),
    loadComparison(ctx, search),
  ]);
  return (
    <PageFrame crumbs={[{ label: "Compare" }]}>
      <ComparePage projects={items} primary={primary} initial={initial} />
    </PageFrame>
  );
}
