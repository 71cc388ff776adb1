"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { FormEnd } from "@/components/ui/form-end";
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
        <FormEnd
          problem={rename.error && sentenceOf(rename.error)}
          submit="Rename"
          disabled={rename.isPending || name.trim() === ""}
        />
      </form>
    </Dialog>
  );
}
