"use client";

import { useId, useState, type DragEvent } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import type { Run } from "@/lib/contracts/runs";
import { own } from "@/lib/domain/own";
import { formatLr } from "@/lib/presenters/format/number";
import { RunPicker } from "../run-picker";

interface Props {
  text: string;
  onText: (text: string) => void;
  runId: string | null;
  onRun: (id: string | null) => void;
  smooth: boolean;
  onSmooth: (on: boolean) => void;
  /** Why the text cannot be read. */
  problem: string | null;
  /** What was left out. */
  note: string | null;
}

const LARGEST = 4 * 1024 * 1024;

/** Where the sweep comes from: pasted, a file, or a run. */
export function SweepInput(props: Props) {
  const { text, onText, runId, onRun, smooth, onSmooth, problem, note } = props;
  const id = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST)
      return setRefused(`${file.name} is larger than 4 MB; a range test is much smaller.`);
    setRefused(null);
    onText(await file.text());
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const wrong = refused ?? problem;
  return (
    <div className="flex h-fit flex-col gap-2">
      <h1 className="text-xl font-semibold tracking-tight">LR range test</h1>
      <p className="text-sm text-pretty text-muted">
        Train for a few hundred steps while the LR rises, and see where the loss begins to fall and where it
        diverges.
      </p>
      <label htmlFor={id} className="mt-1 text-sm">
        Two columns, <code className="font-mono">lr</code> and <code className="font-mono">loss</code>
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => {
          setRefused(null);
          onText(event.currentTarget.value);
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong || note ? `${id}-note` : undefined}
        spellCheck={false}
        rows={runId === null ? 12 : 3}
        placeholder={"lr,loss\n1e-6,2.303\n1.2e-6,2.301\n…\n\nPaste here, or drop a CSV file."}
        className={cn(
          "w-full resize-y rounded-md border p-2 font-mono text-xs leading-[18px] aria-[invalid]:border-failed",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-ground",
        )}
      />
      <Told id={`${id}-note`} wrong={wrong} note={note} />
      <div className="flex flex-wrap gap-2">
        <FileButton onFile={(file) => void take(file)} />
        <RunSource runId={runId} onRun={onRun} />
      </div>
      {runId === null ? (
        <div className="flex items-center gap-2 text-sm">
          <Checkbox checked={smooth} onChange={onSmooth} label="Smooth the losses, as fastai does" />
          <span aria-hidden>Smooth the losses, as fastai does</span>
        </div>
      ) : (
        <p className="text-sm text-muted">
          Run <code className="font-mono">{runId}</code>, its losses smoothed as fastai does.
        </p>
      )}
    </div>
  );
}

/** Why the text cannot be read, else what was left out. */
function Told({ id, wrong, note }: { id: string; wrong: string | null; note: string | null }) {
  const text = wrong ?? note;
  if (text === null) return null;
  return (
    <p
      id={id}
      role={wrong ? "alert" : "status"}
      className={cn("text-xs text-pretty", wrong ? "text-failed" : "text-muted")}
    >
      {text}
    </p>
  );
}

/** The choice of a run that sweeps its LR. */
function RunSource({ runId, onRun }: Pick<Props, "runId" | "onRun">) {
  const [picking, setPicking] = useState(false);
  return (
    <>
      <Button onClick={() => setPicking(true)}>{runId === null ? "Pick a run…" : "Another run…"}</Button>
      {runId === null ? null : (
        <Button variant="ghost" onClick={() => onRun(null)}>
          Clear
        </Button>
      )}
      {picking ? (
        <Dialog
          open
          onOpenChange={setPicking}
          title="Pick a run"
          description="One whose LR rises at least tenfold without falling."
        >
          <RunPicker
            detail={lrRange}
            onPick={(run) => {
              onRun(run.id);
              setPicking(false);
            }}
          />
        </Dialog>
      ) : null}
    </>
  );
}

function lrRange({ lr_metric, summary }: Run): string {
  const lr = own(summary, lr_metric ?? "lr");
  return lr?.min && lr.max ? `LR from ${formatLr(lr.min)} to ${formatLr(lr.max)}` : "LR range unknown";
}

/** The browser's own file field, under a button that looks like the others. */
function FileButton({ onFile }: { onFile: (file: File | undefined) => void }) {
  return (
    <label className="inline-flex h-8 shrink-0 cursor-pointer items-center rounded-md border border-line-strong bg-ground px-3 text-sm font-medium focus-within:outline-2 focus-within:outline-accent hover:bg-surface">
      Choose a file…
      <input
        type="file"
        accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
        className="sr-only"
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
