"use client";

import { Link } from "@/components/ui/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FirstTable } from "@/lib/client/runs/use-run-table";
import { RunsPanel } from "./runs-panel";
import { useRunsView } from "./use-runs-view";

/** Every run of every project in one table. */
export function AllRuns({ first }: { first: FirstTable }) {
  const { view, loaded, search, setUrl } = useRunsView(null, first);
  if (loaded.list.rows.length === 0) {
    return (
      <EmptyState
        title="No run has been logged yet"
        actions={
          <Link href="/" className={buttonClass("primary")}>
            Log one, or load the examples
          </Link>
        }
      >
        Every run of every project appears here.
      </EmptyState>
    );
  }
  return (
    <div className="flex h-[calc(100dvh-7rem)] flex-col md:h-[calc(100dvh-3rem)]">
      <h1 className="sr-only">All runs</h1>
      <RunsPanel projectId={null} {...{ view, loaded, search, setUrl }} className="flex-1" />
    </div>
  );
}
