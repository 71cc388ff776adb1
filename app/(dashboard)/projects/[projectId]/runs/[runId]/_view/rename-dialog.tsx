"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import type { Run } from "@/lib/contracts/runs";
import { updateRun } from "./queries";

interface Props {
  run: Run;
  open: boolean;
  onClose: () => void;
}

export function RenameDialog({ run, open, onClose }: Props) {
  const [name, setName] = useState(run.name);
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: () => updateRun(run.id, { name }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.run(run.id) });
      onClose();
    },
  });
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title="Rename the run">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <Input
          aria-label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={250}
        />
        {rename.error ? (
          <p role="alert" className="text-sm text-failed">
            {sentenceOf(rename.error)}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={rename.isPending || name.trim() === ""}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
