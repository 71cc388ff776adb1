"use client";

import dynamic from "next/dynamic";
import { useMemo, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import type { LoadedRuns } from "@/lib/client/runs/use-run-table";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { formatInteger } from "@/lib/presenters/format/number";
import { moveColumn } from "@/lib/presenters/runs/column-edits";
import { withWidth } from "@/lib/presenters/runs/columns";
import { sortText } from "@/lib/presenters/runs/run-sort";
import { withRuns } from "@/lib/presenters/runs/run-selection";
import { type RunsView, toggleClosed } from "@/lib/presenters/runs/runs-view";
import { RunsTable } from "./runs-table";
import { RunsToolbar } from "./runs-toolbar";
import { useSelection } from "./use-selection";

/** Fetched when runs are first ticked. */
const BulkBar = dynamic(() => import("./bulk-bar").then((file) => file.BulkBar), { ssr: false });

interface Props {
  projectId: string | null;
  view: RunsView;
  loaded: LoadedRuns;
  search: URLSearchParams;
  setUrl: (patch: UrlPatch) => void;
  charts?: boolean;
  className?: string;
}

/** Filter, table, and what can be done with the runs that are ticked. */
export function RunsPanel({ projectId, view, loaded, search, setUrl, charts, className }: Props) {
  const selection = useSelection(search, setUrl);
  const chosen = view.all.filter(({ id }) => selection.ids.has(id));
  return (
    <section aria-label="Runs" className={cn("flex min-h-0 min-w-0 flex-col", className)}>
      <RunsToolbar projectId={projectId} view={view} search={search} onChange={setUrl} charts={charts} />
      {loaded.failure ? <PanelError reason={loaded.failure} onRetry={loaded.retry} /> : null}
      <List {...{ projectId, view, search, setUrl, selection }} />
      <footer className="flex min-h-10 items-center border-t border-line px-4 py-1 text-xs text-muted">
        {chosen.length > 0 ? (
          <BulkBar rows={chosen} view={view} onClear={() => selection.choose([])} />
        ) : (
          <p role="status" className="tabular-nums">
            {countText(view, loaded)}
          </p>
        )}
      </footer>
    </section>
  );
}

function countText(view: RunsView, { list, loading }: LoadedRuns): ReactNode {
  if (loading) return `${formatInteger(list.rows.length)} of ${formatInteger(list.total)} runs loaded`;
  const there = view.all.filter(({ run }) => run.archived_at === null).length;
  const archived = view.all.length - there;
  const of = list.total > list.rows.length ? `the newest ${formatInteger(there)}` : formatInteger(there);
  return `${formatInteger(view.rows.length)} of ${of} runs${archived > 0 ? ` · ${formatInteger(archived)} archived` : ""}`;
}

type ListProps = Pick<Props, "projectId" | "view" | "search" | "setUrl"> & {
  selection: ReturnType<typeof useSelection>;
};

function List({ projectId, view, search, setUrl, selection }: ListProps) {
  const { ids, choose } = selection;
  const drawn = useMemo(
    () => new Set(projectId === null ? [] : view.drawn.map(({ id }) => id)),
    [projectId, view.drawn],
  );
  if (view.rows.length === 0) {
    return (
      <EmptyState
        className="flex-1"
        title="No run matches the filter"
        actions={<Button onClick={() => setUrl({ filter: null })}>Show all runs</Button>}
      />
    );
  }
  return (
    <RunsTable
      className="max-h-[70dvh] min-h-0 flex-1 min-[1100px]:max-h-none"
      lines={view.lines}
      columns={view.columns}
      selection={ids}
      selected={view.rows.filter(({ id }) => ids.has(id)).length}
      total={view.rows.length}
      onSelect={(some, on) => choose(withRuns(ids, some, on))}
      onSelectAll={(on) => choose(on ? view.rows.map(({ id }) => id) : [])}
      sort={view.sort}
      onSort={(sort) => setUrl({ sort: sortText(sort) })}
      onMove={(id, before) => setUrl(moveColumn(search, projectId === null, id, before))}
      onResize={(id, width) => setUrl({ widths: withWidth(search, id, width) })}
      onToggleGroup={(key) => setUrl({ closed: toggleClosed(search, key) })}
      metric={view.metric?.key ?? null}
      scale={view.scale}
      drawn={drawn}
    />
  );
}
