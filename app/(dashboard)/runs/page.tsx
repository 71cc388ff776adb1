import type { Metadata } from "next";
import { AllRuns } from "@/components/runs/all-runs";
import { PageFrame } from "@/components/shell/page-frame";
import { pageContext } from "@/lib/server/page-context";
import { firstTable } from "../first-table";

export const metadata: Metadata = { title: "Runs" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunsPage({ searchParams }: Props) {
  const first = await firstTable(await pageContext(), null, await searchParams);
  return (
    <PageFrame crumbs={[{ label: "Runs" }]}>
      <AllRuns first={first} />
    </PageFrame>
  );
}
