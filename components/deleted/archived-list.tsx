"use client";

import { useQuery } from "@tanstack/react-query";
import { archivedQuery } from "@/lib/client/deleted/queries";
import { changeRuns } from "@/lib/client/runs/queries";
import { useNow } from "@/lib/client/time/use-now";
import type { RunPage } from "@/lib/contracts/runs";
import { archivedNote } from "@/lib/presenters/deleted/words";
import { runHref } from "@/lib/presenters/runs/run-row";
import { PutAwayList } from "./put-away-list";

/** Runs that were put away: kept for ever, and left out of lists. */
export function ArchivedList({ initial }: { initial: RunPage }) {
  const { data } = useQuery({ ...archivedQuery(), initialData: initial });
  const now = useNow();
  const rows = data.items.map((run) => ({
    id: run.id,
    name: run.name,
    project: run.project.name,
    note: archivedNote(run, now),
    href: runHref(run.project.id, run.id),
  }));
  return (
    <PutAwayList
      title="Archived runs"
      nothing="No run is archived. Tick runs in a table to archive them."
      rows={rows}
      verb="Unarchive"
      more={data.next_cursor !== null}
      onRestore={(id) => changeRuns({ action: "unarchive", runs: [id] })}
    />
  );
}
