"use client";

import { Trash2 } from "lucide-react";
import { Link } from "@/components/ui/link";
import { IconButton } from "@/components/ui/icon-button";
import { useNotify } from "@/components/ui/toast";
import { useDelete, useSave } from "@/lib/client/compare/use-saved";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { patched } from "@/lib/client/url/use-url-state";
import type { SavedComparison } from "@/lib/contracts/comparisons";
import { searchOf } from "@/lib/presenters/compare/view";

/** Comparisons kept by name, newest first. */
export function SavedList({ items }: { items: readonly SavedComparison[] }) {
  const notify = useNotify();
  const remove = useDelete();
  const undo = useSave(() => undefined);
  const onDelete = ({ id, name, notes, query }: SavedComparison) =>
    remove.mutate(id, {
      onSuccess: () =>
        notify({
          title: `Deleted ${name}.`,
          action: { label: "Undo", onClick: () => undo.mutate({ id: null, body: { name, notes, query } }) },
        }),
      onError: (error) => notify({ title: sentenceOf(error), tone: "failed" }),
    });
  return (
    <ul className="flex flex-col">
      {items.map((item) => (
        <li
          key={item.id}
          className="flex min-h-10 items-center gap-3 border-b border-line text-sm last:border-0"
        >
          <Link
            href={`/compare${patched("", { ...searchOf(item.query), saved: item.id })}`}
            className="shrink-0 font-medium hover:underline"
          >
            {item.name}
          </Link>
          <span className="min-w-0 flex-1 truncate text-muted">
            {item.notes || `${item.query.at} ${item.query.metric} by ${item.query.by}`}
          </span>
          <IconButton label={`Delete ${item.name}`} onClick={() => onDelete(item)}>
            <Trash2 size={15} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
