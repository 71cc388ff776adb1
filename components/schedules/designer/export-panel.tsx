"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Status } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { exportQuery } from "@/lib/client/schedules/tools";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { ExportBody, ExportResult } from "@/lib/contracts/export";
import { EXPORT_TARGETS } from "@/lib/contracts/words";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

interface Props {
  name: string;
  schedule: DeclaredSchedule;
  totalSteps: number;
  stepsPerEpoch: number | null;
}

const LABELS: Readonly<Record<ExportBody["target"], string>> = {
  torch: "PyTorch",
  transformers: "Transformers",
  timm: "timm",
  keras: "Keras",
  optax: "optax",
  json: "JSON",
};

/** The selected schedule as code, and what that code does differently. */
export function ExportPanel({ name, schedule, totalSteps, stepsPerEpoch }: Props) {
  const [search, setUrl] = useUrlState();
  const to = search.get("to");
  const target = EXPORT_TARGETS.find((known) => known === to) ?? "torch";
  const body: ExportBody = {
    schedule,
    target,
    total_steps: totalSteps,
    steps_per_epoch: stepsPerEpoch ?? undefined,
  };
  return (
    <section aria-label="Export">
      <h2 className="mb-1 text-sm font-medium">
        {name} <span className="font-normal text-muted">as code</span>
      </h2>
      <Tabs
        label="Library"
        value={target}
        onChange={(next) => setUrl({ to: next === "torch" ? null : next })}
        tabs={EXPORT_TARGETS.map((value) => ({
          value,
          label: LABELS[value],
          content: value === target ? <Code body={body} /> : null,
        }))}
      />
    </section>
  );
}

function Code({ body }: { body: ExportBody }) {
  const { data, error, refetch } = useQuery(exportQuery(body));
  if (error) return <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-40" />;
  return <Exported result={data} target={LABELS[body.target]} />;
}

const FEW_NOTES = 3;

function Exported({
  result: { code, exact, notes, stepping },
  target,
}: {
  result: ExportResult;
  target: string;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? notes : notes.slice(0, FEW_NOTES);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        {exact ? (
          <Status tone="verified" shape="check">
            exact: the same LRs at every step
          </Status>
        ) : (
          <Status tone="recommended" shape="triangle">
            not exact: see the notes
          </Status>
        )}
        <span className="text-muted">
          stepped once per {stepping === "step" ? "optimizer update" : "epoch"}
        </span>
      </p>
      {notes.length > 0 ? (
        <ul className="list-disc pl-4 text-sm text-pretty text-muted">
          {shown.map((note) => (
            <li key={note}>{note}</li>
          ))}
          {notes.length > shown.length ? (
            <li className="list-none">
              <button
                type="button"
                onClick={() => setAll(true)}
                className="text-accent underline underline-offset-2"
              >
                {notes.length - shown.length} more
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
      <CodeBlock code={code} label={`${target} code`} />
    </div>
  );
}
