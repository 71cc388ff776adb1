"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import { declareSchedule } from "@/lib/client/runs/pick";
import type { Run } from "@/lib/contracts/runs";
import type { Candidate } from "@/lib/presenters/schedules/design";
import { plural } from "@/lib/presenters/format/number";
import { RunPicker } from "../run-picker";

/** Declares the selected schedule as a run's; the notice takes it back. */
export function AttachDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const notify = useNotify();
  const client = useQueryClient();
  const refresh = (run: Run) => client.invalidateQueries({ queryKey: queryKeys.run(run.id) });
  // Not a mutation of this dialog, which is gone by the time the notice is answered.
  const restore = async (run: Run) => {
    try {
      await declareSchedule(run.id, { schedule: run.schedule_source === "declared" ? run.schedule : null });
      await refresh(run);
    } catch (error) {
      notify({ title: `Could not remove it from ${run.name}`, detail: sentenceOf(error), tone: "failed" });
    }
  };
  const attach = useMutation({
    mutationFn: (run: Run) => declareSchedule(run.id, { schedule: candidate.schedule }),
    onSuccess: (_, run) => {
      void refresh(run);
      notify({
        title: `${run.name} now declares ${candidate.name}`,
        detail: "Its audit is made against this schedule.",
        action: { label: "Undo", onClick: () => void restore(run) },
      });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Attach to a run"
      description="The run then declares this schedule, and its LR is compared with it."
    >
      {attach.error ? (
        <p role="alert" className="text-sm text-failed">
          {sentenceOf(attach.error)}
        </p>
      ) : null}
      <RunPicker
        onPick={(run) => attach.mutate(run)}
        disabled={attach.isPending}
        detail={(run) =>
          [
            run.schedule_source === "declared"
              ? `declares ${run.schedule_family ?? "a schedule"}`
              : "declares none",
            run.total_steps === null ? null : plural(run.total_steps, "step"),
          ]
            .filter(Boolean)
            .join(" · ")
        }
      />
    </Dialog>
  );
}
