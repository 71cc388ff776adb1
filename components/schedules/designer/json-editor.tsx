"use client";

import { useId, useState } from "react";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { readScheduleJson } from "@/lib/presenters/schedules/read-json";

interface Props {
  schedule: DeclaredSchedule;
  onEdit: (schedule: DeclaredSchedule) => void;
  onLeave: () => void;
}

/** A schedule as its JSON, ours or a library's. What is wrong stays, with the reason; what is right is drawn at once. */
export function JsonEditor({ schedule, onEdit, onLeave }: Props) {
  const id = useId();
  const own = JSON.stringify(schedule);
  const [draft, setDraft] = useState<{ text: string; error: string | null; onto: string } | null>(null);
  const shown = draft?.onto === own ? draft : null;
  const type = (text: string) => {
    const read = readScheduleJson(text);
    if ("error" in read) return setDraft({ text, error: read.error, onto: own });
    setDraft({ text, error: null, onto: JSON.stringify(read.schedule) });
    onEdit(read.schedule);
  };
  return (
    <div className="flex flex-col gap-1 border-t border-line py-2.5">
      <label htmlFor={id} className="text-sm text-muted">
        JSON, ours or a library’s
      </label>
      <textarea
        id={id}
        value={shown?.text ?? JSON.stringify(schedule, null, 2)}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => {
          if (shown?.error === null) setDraft(null);
          onLeave();
        }}
        aria-invalid={shown?.error ? true : undefined}
        aria-describedby={shown?.error ? `${id}-error` : undefined}
        spellCheck={false}
        rows={18}
        className="w-full resize-y rounded-md border border-line-strong bg-ground p-2 font-mono text-xs leading-[18px] aria-[invalid]:border-failed"
      />
      {shown?.error ? (
        <p id={`${id}-error`} role="alert" className="text-xs text-pretty text-failed">
          {shown.error}
        </p>
      ) : null}
    </div>
  );
}
