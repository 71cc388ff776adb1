"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { deleteSaved, SAVED_KEY, saveSchedule } from "@/lib/client/schedules/saved";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";

/** Deletes at once, since the notice can save it again. */
export function useSavedActions(): { remove: (saved: SavedSchedule) => void } {
  const notify = useNotify();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: SAVED_KEY });
  const attempt = async (what: string, act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      notify({ title: what, detail: sentenceOf(error), tone: "failed" });
      return false;
    } finally {
      await refresh();
    }
  };
  const restore = ({ name, description, tags, project, schedule }: SavedSchedule) =>
    attempt(`Could not restore ${name}`, () =>
      saveSchedule({ name, description, tags, project: project?.id ?? null, schedule }),
    );
  const remove = async (saved: SavedSchedule) => {
    if (!(await attempt(`Could not delete ${saved.name}`, () => deleteSaved(saved.id)))) return;
    notify({ title: `Deleted ${saved.name}`, action: { label: "Undo", onClick: () => void restore(saved) } });
  };
  return { remove: (saved) => void remove(saved) };
}
