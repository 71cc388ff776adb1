"use client";

import { FileUp } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { type ChosenFile, fromDrop, fromInput } from "@/lib/client/imports/collect-files";

/** Takes files and folders, dropped or chosen. */
export function DropZone({ onFiles }: { onFiles: (files: readonly ChosenFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    if (event.target.files) onFiles(fromInput(event.target.files));
    // The same file may be chosen again.
    event.target.value = "";
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void fromDrop(event.dataTransfer).then(onFiles);
      }}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-8 text-center transition-colors",
        over ? "border-accent bg-surface" : "border-line-strong",
      )}
    >
      <FileUp size={22} strokeWidth={1.5} aria-hidden className="text-muted" />
      <p className="text-base text-balance">Drop files or a folder here</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button onClick={() => folder.current?.click()}>Choose a folder</Button>
      </div>
      <p className="max-w-prose text-sm text-pretty text-muted">
        TensorBoard event files, Hugging Face <code className="font-mono">trainer_state.json</code>, Keras,
        Lightning and timm CSV, JSONL, and any CSV with a column for the step. Up to 256 MiB a run.
      </p>
      <input ref={files} type="file" multiple hidden aria-label="Files to import" onChange={chosen} />
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={chosen}
      />
    </div>
  );
}
