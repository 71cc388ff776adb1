"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Dialog } from "@/components/ui/dialog";
import { FormEnd } from "@/components/ui/form-end";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectsQuery } from "@/lib/client/projects/queries";
import { SAVED_KEY, saveSchedule } from "@/lib/client/schedules/saved";
import type { Candidate } from "@/lib/presenters/schedules/design";
import { tagsOf } from "@/lib/presenters/schedules/tags";
import { SavedFields, type SavedForm } from "../saved-fields";

/** Puts the selected schedule into the library, under a name of its own. */
export function SaveDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const notify = useNotify();
  const client = useQueryClient();
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  const [form, setForm] = useState<SavedForm>({ name: candidate.name, tags: "", project: null });
  const save = useMutation({
    mutationFn: () =>
      saveSchedule({
        name: form.name.trim(),
        tags: tagsOf(form.tags),
        project: form.project,
        schedule: candidate.schedule,
      }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: SAVED_KEY });
      notify({ title: `Saved ${saved.name}` });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Save the schedule">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <SavedFields form={form} projects={projects} onChange={setForm} />
        <FormEnd
          problem={save.error && sentenceOf(save.error)}
          submit="Save"
          disabled={save.isPending || form.name.trim() === ""}
        />
      </form>
    </Dialog>
  );
}
