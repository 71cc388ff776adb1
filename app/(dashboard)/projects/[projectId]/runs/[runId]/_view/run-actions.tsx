"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useNotify } from "@/components/ui/toast";
import { copyText } from "@/components/ui/copy-text";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { Run } from "@/lib/contracts/runs";
import { createControl, deleteRun, restoreRun } from "./queries";
import { RenameDialog } from "./rename-dialog";

type Asked = "stop" | "rename" | null;

/** Stop, rename, copy, export, delete. */
export function RunActions({ run }: { run: Run }) {
  const [asked, setAsked] = useState<Asked>(null);
  const remove = useDelete(run);
  const exportAs = (format: "csv" | "jsonl") =>
    window.location.assign(`/api/v1${urlPath("runs", run.id)}/export?format=${format}`);
  return (
    <>
      {run.status === "running" ? <Button onClick={() => setAsked("stop")}>Stop…</Button> : null}
      <Menu
        trigger={
          <IconButton label="More actions">
            <MoreHorizontal size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setAsked("rename")}>Rename…</MenuItem>
        <MenuItem onClick={() => void copyText(run.id)}>Copy the run’s id</MenuItem>
        <MenuItem onClick={() => exportAs("csv")}>Export CSV</MenuItem>
        <MenuItem onClick={() => exportAs("jsonl")}>Export JSONL</MenuItem>
        <MenuItem danger onClick={remove}>
          Delete
        </MenuItem>
      </Menu>
      <StopDialog run={run} open={asked === "stop"} onClose={() => setAsked(null)} />
      <RenameDialog key={run.name} run={run} open={asked === "rename"} onClose={() => setAsked(null)} />
    </>
  );
}

/** At once, since it can be taken back: the notice holds the button. */
function useDelete(run: Run): () => void {
  const notify = useNotify();
  const router = useRouter();
  const client = useQueryClient();
  const home = `/projects/${encodeURIComponent(run.project.id)}`;
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.project(run.project.id) });
  // Not a mutation of this component, which is gone by the time the notice is answered.
  const restore = async () => {
    try {
      await restoreRun(run.id);
      void refresh();
      router.push(`${home}/runs/${encodeURIComponent(run.id)}`);
    } catch (error) {
      notify({ title: `Could not restore ${run.name}`, detail: sentenceOf(error), tone: "failed" });
    }
  };
  const remove = useMutation({
    mutationFn: () => deleteRun(run.id),
    onError: (error) =>
      notify({ title: `Could not delete ${run.name}`, detail: sentenceOf(error), tone: "failed" }),
    onSuccess: () => {
      void refresh();
      router.push(home);
      notify({
        title: `Deleted ${run.name}`,
        detail: "It can be restored for 30 days.",
        action: { label: "Undo", onClick: () => void restore() },
      });
    },
  });
  return () => remove.mutate();
}

function StopDialog({ run, open, onClose }: { run: Run; open: boolean; onClose: () => void }) {
  const notify = useNotify();
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => createControl(run.id, { kind: "stop", reason: "Stopped from the run’s page." }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.run(run.id) });
      notify({ title: `Asked ${run.name} to stop`, detail: "The job receives it with its next report." });
      onClose();
    },
    onError: (error) =>
      notify({ title: `Could not stop ${run.name}`, detail: sentenceOf(error), tone: "failed" }),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Stop ${run.name}?`}
      description="The job is asked to end after its current step. It cannot be resumed from here, and a job without an lrscope client ignores the request."
      actions={
        <>
          <DialogClose render={<Button variant="ghost">Keep training</Button>} />
          <Button variant="danger" disabled={stop.isPending} onClick={() => stop.mutate()}>
            Stop the run
          </Button>
        </>
      }
    />
  );
}
