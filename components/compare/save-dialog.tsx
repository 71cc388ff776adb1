"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormEnd } from "@/components/ui/form-end";
import { Input } from "@/components/ui/input";
import { useNotify } from "@/components/ui/toast";
import { useSave } from "@/lib/client/compare/use-saved";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareQuestion } from "@/lib/contracts/compare";
import type { SavedComparison } from "@/lib/contracts/comparisons";

interface Props {
  question: CompareQuestion;
  saved: SavedComparison | undefined;
  setUrl: (patch: UrlPatch) => void;
}

/** A name and notes for what is on the page. The runs are compared anew whenever it is opened. */
export function SaveDialog({ question, saved, setUrl }: Props) {
  const [open, setOpen] = useState(false);
  const notify = useNotify();
  const save = useSave(({ id, name }) => {
    setUrl({ saved: id });
    setOpen(false);
    notify({ title: `Saved as ${name}.` });
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{saved ? "Edit" : "Save"}</Button>}
      title={saved ? "Edit this comparison" : "Save this comparison"}
      description="It is recomputed from the runs each time it is opened."
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const body = { name: String(form.get("name")), notes: String(form.get("notes")), query: question };
          save.mutate({ id: saved?.id ?? null, body });
        }}
      >
        <label className="flex flex-col gap-1 text-sm text-muted">
          Name
          <Input name="name" required maxLength={250} defaultValue={saved?.name ?? ""} />
        </label>
        <label className="flex flex-col gap-1 text-sm text-muted">
          Notes
          <textarea
            name="notes"
            rows={5}
            defaultValue={saved?.notes ?? ""}
            className="rounded-md border border-line-strong bg-ground p-2 text-sm text-ink"
          />
        </label>
        <FormEnd problem={save.error && sentenceOf(save.error)} submit="Save" disabled={save.isPending} />
      </form>
    </Dialog>
  );
}
