"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { Run } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { diffConfigs, type DiffEntry } from "./config-diff";
import { runQuery } from "./queries";

interface Props {
  run: Run;
  otherId: string;
  /** Whether an entry's text is what is searched for. */
  matches: (text: string) => boolean;
  onClose: () => void;
}

/** Two runs' configurations side by side; at first only where they differ. */
export function ConfigAgainst({ run, otherId, matches, onClose }: Props) {
  const [all, setAll] = useState(false);
  const { data: other, error, refetch } = useQuery(runQuery(otherId));
  if (error) return <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (!other) return <Skeleton className="h-40" />;
  const entries = diffConfigs(run.config, other.config);
  const differing = entries.filter(({ differs }) => differs).length;
  const shown = entries.filter(
    (entry) => (all || entry.differs) && matches(`${entry.path} ${entry.own ?? ""} ${entry.other ?? ""}`),
  );
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <span>
          {differing === 0
            ? "The two configurations are the same."
            : `${plural(differing, "entry differs", "entries differ")} of ${entries.length}.`}
        </span>
        <span className="flex items-center gap-2 text-muted">
          <Checkbox checked={all} onChange={setAll} label="Show equal entries too" />
          <span aria-hidden>Show equal entries too</span>
        </span>
        <Button size="small" variant="ghost" onClick={onClose}>
          Show this run alone
        </Button>
      </div>
      {shown.length === 0 ? null : <DiffTable own={run.name} other={other.name} entries={shown} />}
    </div>
  );
}

interface TableProps {
  own: string;
  other: string;
  entries: readonly DiffEntry[];
}

function DiffTable({ own, other, entries }: TableProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Configurations side by side">
      <table className="w-full min-w-96 table-fixed text-sm">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            {["entry", own, other].map((head, i) => (
              <th key={i} scope="col" className="h-8 truncate pr-3 text-left font-medium" title={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ path, own: mine, other: theirs, differs }) => (
            <tr key={path} className="border-b border-line align-top font-mono">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal break-words text-muted">
                {path}
              </th>
              <Value text={mine} differs={differs} />
              <Value text={theirs} differs={differs} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Value = ({ text, differs }: { text: string | null; differs: boolean }) => (
  <td className={cn("py-1.5 pr-3 break-words", differs ? "font-medium" : "text-muted")}>
    {text ?? <span className="font-sans text-muted">none</span>}
  </td>
);
