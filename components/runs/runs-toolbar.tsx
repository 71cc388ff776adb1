"use client";

import { Bookmark, ChartLine, Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { printField } from "@/lib/domain/query/fields";
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
        filter={search.get("filter") ?? ""}
        rows={view.all}
        metrics={view.metrics}
        onChange={(filter) => onChange({ filter })}
      />
      <GroupSelect view={view} overAll={projectId === null} onChange={onChange} />
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

/** Any field can group, from the columns dialog; here are those that most people want. */
function GroupSelect({
  view,
  overAll,
  onChange,
}: {
  view: RunsView;
  overAll: boolean;
  onChange: Props["onChange"];
}) {
  const value = view.groupBy ? printField(view.groupBy) : NOTHING;
  const shown = view.columns.flatMap(({ content }) =>
    content.kind === "field" && (content.field.kind === "config" || content.field.kind === "schedule")
      ? [printField(content.field)]
      : [],
  );
  const usual = [
    NOTHING,
    ...(overAll ? ["project"] : []),
    "schedule",
    "audit",
    "group",
    "tag",
    "status",
    "seed",
  ];
  const options = [...new Set([...usual, ...shown, value])].map((name) => ({ value: name, label: name }));
  return (
    <Select
      label="group by"
      value={value}
      options={options}
      onChange={(next) => onChange({ group: next === NOTHING ? null : next, closed: null })}
    />
  );
}
