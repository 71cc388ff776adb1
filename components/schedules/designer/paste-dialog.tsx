"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { readScheduleJson } from "@/lib/presenters/schedules/read-json";

interface Props {
  onAdd: (schedule: DeclaredSchedule) => void;
  onClose: () => void;
}

const EXAMPLE = `{
  "library": "torch",
  "constructor": "StepLR",
  "kwargs": { "step_size": 300, "gamma": 0.1 },
  "base_lrs": [0.1]
}`;

/** A schedule as JSON, in our words or a library's, as a new candidate. */
export function PasteDialog({ onAdd, onClose }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readScheduleJson(text);
    if ("error" in read) return setError(read.error);
    onAdd(read.schedule);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Paste a schedule"
      description="As JSON: ours (`kind`), or a library’s constructor with its arguments."
      className="w-[36rem]"
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <textarea
          aria-label="Schedule as JSON"
          aria-invalid={error ? true : undefined}
          autoFocus
          spellCheck={false}
          rows={12}
          placeholder={EXAMPLE}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
          className="w-full resize-y rounded-md border border-line-strong bg-ground p-2 font-mono text-xs leading-[18px] aria-[invalid]:border-failed"
        />
        {error ? (
          <p role="alert" className="text-sm text-pretty text-failed">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <DialogClose render={<Button variant="ghost">Cancel</Button>} />
          <Button type="submit" variant="primary" disabled={text.trim() === ""}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
