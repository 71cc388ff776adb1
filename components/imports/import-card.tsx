"use client";

import { X } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { ImportItem } from "@/lib/client/imports/import-list";
import type { ImportedRun, ImportFormat, ImportMapping, ImportResponse } from "@/lib/contracts/imports";
import { plural } from "@/lib/presenters/format/number";
import { runHref } from "@/lib/presenters/runs/run-row";
import { MappingForm } from "./mapping-form";
import { Refusals } from "./refusals";

const FORMAT: Record<ImportFormat, string> = {
  tfevents: "TensorBoard event file",
  trainer_state: "Hugging Face trainer state",
  keras_csv: "Keras CSVLogger",
  lightning_csv: "Lightning metrics",
  timm_csv: "timm summary",
  csv: "CSV",
  jsonl: "JSONL",
};

interface Props {
  item: ImportItem;
  onMap: (change: ImportMapping) => void;
  onRemove: () => void;
  onRetry: () => void;
}

/** The files of one run: what they are, what is wrong with them, what becomes of them. */
export function ImportCard({ item, onMap, onRemove, onRetry }: Props) {
  const { state, files } = item;
  const answer = answerOf(state);
  const title = titleOf(item);
  return (
    <li className="flex flex-col gap-3 p-4">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <h2 className="truncate text-base font-medium" title={title}>
            {title}
          </h2>
          <p className="text-sm text-muted tabular-nums" role="status">
            {summaryOf(item, answer)}
          </p>
        </div>
        <Progress item={item} />
        {state.at === "importing" ? null : (
          <IconButton label={`Remove ${title} from the list`} className="size-7" onClick={onRemove}>
            <X size={15} aria-hidden />
          </IconButton>
        )}
      </div>
      {state.at === "failed" ? (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span className="text-failed">{state.reason}</span>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </div>
      ) : null}
      {answer?.files.map((file) => (
        <Refusals key={file.path} file={file} named={files.length > 1} />
      ))}
      {state.at === "ready" ? <Choices preview={state.preview} mapping={item.mapping} onMap={onMap} /> : null}
    </li>
  );
}

function answerOf(state: ImportItem["state"]): ImportResponse | null {
  if (state.at === "done") return state.result;
  return state.at === "ready" || state.at === "importing" ? state.preview : null;
}

function titleOf({ files }: ImportItem): string {
  const path = files[0]?.path ?? "";
  return files.length === 1 ? path : `${path} and ${plural(files.length - 1, "more file")}`;
}

function summaryOf({ state }: ImportItem, answer: ImportResponse | null): string {
  if (state.at === "reading") return "Reading…";
  const format = answer?.files[0]?.format;
  const run = answer?.runs[0];
  if (!answer) return "Not imported";
  if (!format) return "Not recognised";
  if (!run) return `${FORMAT[format]}, nothing to import`;
  const lr = run.lr_metric === null ? "no learning rate found" : `learning rate in ${run.lr_metric}`;
  return `${FORMAT[format]} · ${plural(run.points, "point")}, ${plural(run.values, "value")}, last step ${run.last_step ?? 0} · ${lr}`;
}

function Progress({ item: { state } }: { item: ImportItem }) {
  if (state.at === "importing") {
    return (
      <Status tone="inflight" shape="ring" className="text-sm">
        importing
      </Status>
    );
  }
  const run = state.at === "done" ? state.result.runs[0] : undefined;
  if (state.at !== "done" || !run) return null;
  return (
    <span className="flex flex-wrap items-center justify-end gap-2 text-sm">
      <Outcome run={run} />
      {run.id && run.outcome !== "refused" && state.result.project.id ? (
        <Link
          href={runHref(state.result.project.id, run.id)}
          aria-label={`Open the run ${run.name}`}
          className={buttonClass("secondary", "small")}
        >
          Open the run
        </Link>
      ) : null}
    </span>
  );
}

function Outcome({ run }: { run: ImportedRun }) {
  switch (run.outcome) {
    case "created":
    case "completed":
      return (
        <Status tone="verified" shape="check">
          imported
        </Status>
      );
    case "unchanged":
      return (
        <Status tone="neutral" shape="dot">
          already imported
        </Status>
      );
    case "refused":
      return (
        <Status tone="failed" shape="cross">
          {run.reason}
        </Status>
      );
  }
}

function Choices({
  preview,
  mapping,
  onMap,
}: {
  preview: ImportResponse;
  mapping: ImportMapping;
  onMap: Props["onMap"];
}) {
  const [file] = preview.files;
  const [run] = preview.runs;
  if (!file?.format) return null;
  const used = file.mapping;
  return (
    <>
      {run?.outcome === "unchanged" ? (
        <p className="text-sm text-muted">
          These files are in {preview.project.name} already; importing them changes nothing.
        </p>
      ) : null}
      {run ? (
        <label className="flex max-w-sm items-center gap-2 text-sm">
          <span className="shrink-0 text-muted">Name</span>
          <Input
            defaultValue={mapping.name ?? run.name}
            maxLength={250}
            onBlur={(event) => {
              const name = event.target.value.trim();
              if (name !== "" && name !== run.name) onMap({ name });
            }}
          />
        </label>
      ) : null}
      {used && file.columns.length > 0 ? <MappingForm file={file} used={used} onChange={onMap} /> : null}
    </>
  );
}
