"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, ChartLine, Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { runFieldsQuery } from "@/lib/client/runs/queries";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { printField } from "@/lib/domain/query/fields";
import { groupOptions } from "@/lib/presenters/runs/group-options";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { FilterBox } from "./filter-box";

/** Fetched when they are first asked for. */
const ColumnsDialog = dynamic(() => import("./columns-dialog").then((file) => file.ColumnsDialog), {
  ssr: false,
});
const ViewsDialog = dynamic(() => import("./views-dialog").then((file) => file.ViewsDialog), { ssr: false });

interface Props {
  projectId: string | null;
  view: RunsView;
  search: URLSearchParams;
  onChange: (patch: UrlPatch) => void;
  /** Whether the curves are shown beside the table; undefined where there are none. */
  charts?: boolean;
}

type Asked = "columns" | "views" | null;

export function RunsToolbar({ projectId, view, search, onChange, charts }: Props) {
  const [asked, setAsked] = useState<Asked>(null);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-2">
      <FilterBox
        projectId={projectId}
        text={search.get("filter") ?? ""}
        rows={view.all}
        metrics={view.metrics}
        names={view.names}
        onChange={(filter) => onChange({ filter })}
      />
      <GroupSelect projectId={projectId} view={view} onChange={onChange} />
      <div className="flex">
        <IconButton label="Choose columns" onClick={() => setAsked("columns")}>
          <Columns3 size={16} aria-hidden />
        </IconButton>
        <IconButton label="Saved views" onClick={() => setAsked("views")}>
          <Bookmark size={16} aria-hidden />
        </IconButton>
        {charts === undefined ? null : (
          <IconButton
            label={charts ? "Hide the curves" : "Show the curves"}
            aria-pressed={charts}
            onClick={() => onChange({ charts: charts ? "off" : null })}
          >
            <ChartLine size={16} aria-hidden className={charts ? "text-ink" : undefined} />
          </IconButton>
        )}
      </div>
      {asked === "columns" ? (
        <ColumnsDialog
          projectId={projectId}
          view={view}
          search={search}
          onChange={onChange}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked === "views" ? (
        <ViewsDialog projectId={projectId} search={search} onClose={() => setAsked(null)} />
      ) : null}
    </div>
  );
}

const NOTHING = "nothing";

function GroupSelect({ projectId, view, onChange }: Pick<Props, "projectId" | "view" | "onChange">) {
  const known = useQuery(runFieldsQuery(projectId)).data?.items ?? [];
  const names = [NOTHING, ...groupOptions(view, known, projectId === null)];
  return (
    <Select
      label="group by"
      value={view.groupBy ? printField(view.groupBy) : NOTHING}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(next) => onChange({ group: next === NOTHING ? null : next, closed: null })}
    />
  );
}
