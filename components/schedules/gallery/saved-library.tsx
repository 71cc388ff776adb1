"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { savedQuery } from "@/lib/client/schedules/saved";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { foundSaved, savedProjects, savedTags } from "@/lib/presenters/schedules/saved-list";
import { EditSavedDialog } from "./edit-saved-dialog";
import { SavedItem } from "./saved-item";
import { useSavedActions } from "./use-saved-actions";

const ANY = "any";

/** One's own schedules: found by name, family or tag, renamed, tagged, deleted. */
export function SavedLibrary({
  initial,
}: {
  initial: { items: SavedSchedule[]; next_cursor: string | null };
}) {
  const { data, error, refetch } = useQuery({ ...savedQuery(), initialData: initial });
  const { remove } = useSavedActions();
  const [text, setText] = useState("");
  const [tag, setTag] = useState(ANY);
  const [project, setProject] = useState(ANY);
  const [edited, setEdited] = useState<SavedSchedule | null>(null);
  const saved = data.items;
  const found = foundSaved(saved, {
    text,
    tag: tag === ANY ? null : tag,
    project: project === ANY ? null : project,
  });
  const options = (values: readonly { value: string; label: string }[]) => [
    { value: ANY, label: ANY },
    ...values,
  ];
  return (
    <section aria-labelledby="saved">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line pb-2">
        <h2 id="saved" className="text-base font-semibold">
          Saved
        </h2>
        {saved.length > 0 ? (
          <div className="flex flex-1 flex-wrap items-center justify-end gap-2">
            <Select
              label="tag"
              value={tag}
              options={options(savedTags(saved))}
              onChange={setTag}
              className="h-7"
            />
            <Select
              label="project"
              value={project}
              options={options(savedProjects(saved))}
              onChange={setProject}
              className="h-7"
            />
            <div className="relative w-56 max-sm:w-full">
              <Search size={14} aria-hidden className="absolute top-1/2 left-2 -translate-y-1/2 text-faint" />
              <Input
                type="search"
                aria-label="Search the saved schedules"
                placeholder="Name, family or tag"
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                className="h-7 pl-7"
              />
            </div>
          </div>
        ) : null}
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {saved.length === 0 ? (
        <p className="text-sm text-pretty text-muted">
          Nothing saved yet. Open one of the schedules below in the designer, change it, and save it under a
          name.
        </p>
      ) : null}
      {saved.length > 0 && found.length === 0 ? (
        <p className="text-sm text-muted">None of the {saved.length} saved schedules matches.</p>
      ) : null}
      <ul className="grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
        {found.map((one) => (
          <SavedItem key={one.id} saved={one} onEdit={() => setEdited(one)} onDelete={() => remove(one)} />
        ))}
      </ul>
      {edited ? <EditSavedDialog saved={edited} onClose={() => setEdited(null)} /> : null}
    </section>
  );
}
