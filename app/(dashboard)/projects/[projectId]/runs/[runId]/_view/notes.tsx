"use client";

import dynamic from "next/dynamic";
import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Run } from "@/lib/contracts/runs";
import { useUpdateRun } from "./use-update-run";

/** The parser is large, and most runs have no notes. */
const Markdown = dynamic(() => import("./markdown").then((module) => module.Markdown), {
  loading: () => <Skeleton className="h-16" />,
});

/** What somebody wrote about the run, as Markdown. */
export function Notes({ run }: { run: Run }) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = useUpdateRun(run.id);
  const submit = (text: string) => {
    setDraft(null);
    if (text === run.notes) return;
    save.mutate(
      { body: { notes: text }, undo: { notes: run.notes }, done: "Saved the notes" },
      // What was written is not lost with the request.
      { onError: () => setDraft(text) },
    );
  };
  const text = save.isPending ? (save.variables.body.notes ?? "") : run.notes;
  return (
    <section aria-labelledby="notes">
      <header className="mb-1 flex min-h-8 items-center justify-between">
        <h2 id="notes" className="text-sm font-medium text-muted">
          Notes
        </h2>
        {draft === null ? (
          <Button size="small" variant="ghost" onClick={() => setDraft(run.notes)}>
            {text === "" ? "Write notes" : "Edit notes"}
          </Button>
        ) : null}
      </header>
      {draft === null ? (
        <NotesText text={text} />
      ) : (
        <Editor text={draft} onText={setDraft} onSave={submit} onCancel={() => setDraft(null)} />
      )}
    </section>
  );
}

const NotesText = ({ text }: { text: string }) =>
  text.trim() === "" ? <p className="text-sm text-muted">None yet.</p> : <Markdown text={text} />;

interface EditorProps {
  text: string;
  onText: (text: string) => void;
  onSave: (text: string) => void;
  onCancel: () => void;
}

function Editor({ text, onText, onSave, onCancel }: EditorProps) {
  const [preview, setPreview] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSave(text);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-2" onKeyDown={onKeyDown}>
      {preview ? (
        <div className="min-h-48 rounded-md border border-line p-2">
          <NotesText text={text} />
        </div>
      ) : (
        <textarea
          autoFocus
          aria-label="Notes, in Markdown"
          value={text}
          maxLength={100_000}
          onChange={(event) => onText(event.currentTarget.value)}
          className="min-h-48 w-full resize-y rounded-md border border-line-strong bg-ground p-2 font-mono text-sm"
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" variant="primary" onClick={() => onSave(text)}>
          Save
        </Button>
        <Button size="small" aria-pressed={preview} onClick={() => setPreview(!preview)}>
          {preview ? "Write" : "Preview"}
        </Button>
        <Button size="small" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <span className="text-xs text-muted">Markdown. Ctrl Enter saves, Escape cancels.</span>
      </div>
    </div>
  );
}
