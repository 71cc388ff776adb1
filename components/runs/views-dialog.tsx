"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw, Trash2 } from "lucide-react";
import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import { deleteView, saveView, updateView, viewsQuery } from "@/lib/client/runs/views";
import type { View } from "@/lib/contracts/views";

interface Props {
  projectId: string | null;
  search: URLSearchParams;
  onClose: () => void;
}

/** Views of the table kept by name: to open one, keep the present one, replace or delete. */
export function ViewsDialog({ projectId, search, onClose }: Props) {
  const path = usePathname();
  const { data } = useQuery(viewsQuery(projectId));
  const { save, replace, remove, failure } = useViews(projectId);
  const [name, setName] = useState("");
  const query = search.toString();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Saved views"
      description="Filter, columns, sort order, grouping and selected runs, as shown now."
    >
      {data && data.items.length > 0 ? (
        <ul>
          {data.items.map((view) => (
            <li key={view.id} className="flex items-center gap-1">
              <Link
                href={`${path}?${view.query}`}
                onClick={onClose}
                className={cn(
                  "flex h-8 min-w-0 flex-1 items-center rounded px-2 text-sm hover:bg-active",
                  view.query === query && "bg-accent-soft font-medium",
                )}
              >
                <span className="truncate">{view.name}</span>
              </Link>
              <IconButton
                label={`Replace ${view.name} with the current view`}
                disabled={view.query === query}
                onClick={() => replace(view, query)}
              >
                <RefreshCw size={14} aria-hidden />
              </IconButton>
              <IconButton label={`Delete ${view.name}`} onClick={() => remove(view)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">{data ? "None yet." : "…"}</p>
      )}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save(name.trim(), query, () => setName(""));
        }}
      >
        <Input
          aria-label="Name of the view"
          placeholder="Save this view as…"
          value={name}
          maxLength={250}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={name.trim() === ""}>
          Save
        </Button>
      </form>
      {failure ? (
        <p role="alert" className="text-sm text-failed">
          {failure}
        </p>
      ) : null}
    </Dialog>
  );
}

function useViews(projectId: string | null) {
  const client = useQueryClient();
  const notify = useNotify();
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.views(projectId) });
  const change = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: refresh });
  const keep = (name: string, query: string) => saveView({ name, query, project: projectId });
  return {
    failure: change.error ? sentenceOf(change.error) : null,
    save: (name: string, query: string, done: () => void) =>
      change.mutate(() => keep(name, query), { onSuccess: done }),
    replace: (view: View, query: string) => change.mutate(() => updateView(view.id, { query })),
    remove: (view: View) =>
      change.mutate(async () => {
        await deleteView(view.id);
        notify({
          title: `Deleted the view ${view.name}`,
          action: { label: "Undo", onClick: () => void keep(view.name, view.query).then(refresh) },
        });
      }),
  };
}
