"use client";

import { useQuery } from "@tanstack/react-query";
import { deletedQuery, restore } from "@/lib/client/deleted/queries";
import { useNow } from "@/lib/client/time/use-now";
import type { DeletedPage } from "@/lib/contracts/deleted";
import type { DeletedKind } from "@/lib/contracts/words";
import { deletedNote } from "@/lib/presenters/deleted/words";
import { PutAwayList } from "./put-away-list";

interface Props {
  kind: DeletedKind;
  title: string;
  nothing: string;
  initial: DeletedPage;
}

/** What was deleted of one kind, and for how long it can still be restored. */
export function DeletedList({ kind, title, nothing, initial }: Props) {
  const { data } = useQuery({ ...deletedQuery(kind), initialData: initial });
  const now = useNow();
  const rows = data.items.map((item) => ({
    id: item.id,
    name: item.name,
    project: item.project?.name ?? null,
    note: deletedNote(item, now),
    href: null,
  }));
  return (
    <PutAwayList
      title={title}
      nothing={nothing}
      rows={rows}
      verb="Restore"
      more={data.next_cursor !== null}
      onRestore={(id) => restore({ kind, id })}
    />
  );
}
