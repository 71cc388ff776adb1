"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectsQuery } from "@/lib/client/projects/queries";
import { SAVED_KEY, updateSaved } from "@/lib/client/schedules/saved";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { tagsOf } from "@/lib/presenters/schedules/tags";
import { SavedFields, type SavedForm } from "../saved-fields";

/** Another name, other tags, another project. */
export function EditSavedDialog({ saved, onClose }: { saved: SavedSchedule; onClose: () => void }) {
  const client = useQueryClient();
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  const [form, setForm] = useState<SavedForm>({
    name: saved.name,
    tags: saved.tags.join(", "),
    project: saved.project?.id ?? null,
  });
  const update = useMutation({
    mutationFn: () =>
      updateSaved(saved.id, { name: form.name.trim(), tags: tagsOf(form.tags), project: form.project }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: SAVED_KEY });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Rename and tag">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <SavedFields form={form} projects={projects} onChange={setForm} />
        {update.error ? (
          <p role="alert" className="text-sm text-failed">
            {sentenceOf(update.error)}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <DialogClose render={<Button variant="ghost">Cancel</Button>} />
          <Button type="submit" variant="primary" disabled={update.isPending || form.name.trim() === ""}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
