import type { Metadata } from "next";
import { ImportPanel } from "@/components/imports/import-panel";
import { PageFrame } from "@/components/shell/page-frame";

export const metadata: Metadata = { title: "Import" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ImportPage({ searchParams }: Props) {
  const { project } = await searchParams;
  return (
    <PageFrame crumbs={[{ label: "Import" }]}>
      <ImportPanel project={typeof project === "string" ? project : ""} />
    </PageFrame>
  );
}
