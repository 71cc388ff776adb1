"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { changeRuns } from "@/lib/client/runs/queries";
import type { BulkBody } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";

const UNDO = {
  tag: "untag",
  untag: "tag",
  archive: "unarchive",
  unarchive: "archive",
  delete: "restore",
  restore: "delete",
} as const;

function doneText(body: BulkBody, count: number): string {
  const runs = plural(count, "run");
  switch (body.action) {
    case "tag":
      return `Tagged ${runs} ${body.tag}`;
    case "untag":
      return `Removed the tag ${body.tag} from ${runs}`;
    case "archive":
      return `Archived ${runs}`;
    case "unarchive":
      return `Unarchived ${runs}`;
    case "delete":
      return `Deleted ${runs}`;
    case "restore":
      return `Restored ${runs}`;
  }
}

const restorable = (count: number): string => `${count === 1 ? "It" : "They"} can be restored for 30 days.`;

/** The opposite of what was done, to the runs that it changed. */
function undoOf(body: BulkBody, runs: string[]): BulkBody {
  return "tag" in body
    ? { action: body.action === "tag" ? UNDO.tag : UNDO.untag, tag: body.tag, runs }
    : { action: UNDO[body.action], runs };
}

/** Changes several runs at once, and offers to take it back. */
export function useBulk(): { run: (body: BulkBody) => void; busy: boolean } {
  const notify = useNotify();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["runs", "table"] });
  const failed = (error: unknown) =>
    notify({ title: "Nothing was changed", detail: sentenceOf(error), tone: "failed" });
  // Not a mutation: the list may be gone by the time the notice is answered.
  const undo = (body: BulkBody) => changeRuns(body).then(refresh, failed);
  const { mutate, isPending } = useMutation({
    mutationFn: changeRuns,
    onError: failed,
    onSuccess: ({ changed }, body) => {
      void refresh();
      notify({
        title: doneText(body, changed.length),
        detail: body.action === "delete" ? restorable(changed.length) : undefined,
        action:
          changed.length === 0
            ? undefined
            : { label: "Undo", onClick: () => void undo(undoOf(body, changed)) },
      });
    },
  });
  return { run: mutate, busy: isPending };
}
