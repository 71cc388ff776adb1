import type { Metadata } from "next";
import { ArchivedList } from "@/components/deleted/archived-list";
import { DeletedList } from "@/components/deleted/deleted-list";
import { PageFrame } from "@/components/shell/page-frame";
import { ARCHIVED } from "@/lib/domain/runs/restorable";
import { listDeleted } from "@/lib/server/deleted/list-deleted";
import { pageContext } from "@/lib/server/page-context";
import { listRuns } from "@/lib/server/runs/list-runs";

export const metadata: Metadata = { title: "Archived and deleted" };

const LISTS = [
  { kind: "run", title: "Deleted runs", nothing: "No run was deleted in the last 30 days." },
  { kind: "project", title: "Deleted projects", nothing: "No project is deleted." },
  {
    kind: "channel",
    title: "Deleted notification channels",
    nothing: "No channel was deleted in the last 30 days.",
  },
] as const;

export default async function DeletedPage() {
  const ctx = await pageContext();
  const [archived, ...deleted] = await Promise.all([
    listRuns(ctx, ARCHIVED),
    ...LISTS.map(async (list) => ({
      ...list,
      initial: await listDeleted(ctx, { kind: list.kind, limit: 200 }),
    })),
  ]);
  return (
    <PageFrame crumbs={[{ label: "Settings", href: "/settings" }, { label: "Archived and deleted" }]}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-6">
        <header className="flex flex-col gap-0.5">
          <h1 className="text-xl font-semibold tracking-tight">Archived and deleted</h1>
          <p className="text-base text-pretty text-muted">
            Deleted runs and channels can be restored for 30 days, then they are gone for good. Deleted
            projects and archived runs are kept.
          </p>
        </header>
        {deleted.map((list) => (
          <DeletedList key={list.kind} {...list} />
        ))}
        <ArchivedList initial={archived} />
      </div>
    </PageFrame>
  );
}
