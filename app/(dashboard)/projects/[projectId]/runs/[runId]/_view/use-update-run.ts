"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { UpdateRunBody } from "@/lib/contracts/runs";
import { runQuery, updateRun } from "./queries";

interface Change {
  readonly body: UpdateRunBody;
  /** Takes it back. */
  readonly undo: UpdateRunBody;
  /** What was done, for the notice: `Saved the notes`. */
  readonly done: string;
}

/** Changes what is declared of a run; the notice holds a button that takes it back. */
export function useUpdateRun(runId: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const save = async (body: UpdateRunBody) => {
    client.setQueryData(runQuery(runId).queryKey, await updateRun(runId, body));
  };
  const failed = (error: unknown) =>
    notify({ title: "Could not save", detail: sentenceOf(error), tone: "failed" });
  return useMutation({
    mutationFn: ({ body }: Change) => save(body),
    onError: failed,
    onSuccess: (_, { undo, done }) =>
      notify({ title: done, action: { label: "Undo", onClick: () => void save(undo).catch(failed) } }),
  });
}
