"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { urlPath } from "@/lib/client/http/request";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { Run } from "@/lib/contracts/runs";
import { formatCount, formatInteger } from "@/lib/presenters/format/number";
import { observationsQuery } from "./queries";
import { RawTable } from "./raw-table";

interface Props {
  run: Run;
  metrics: readonly MetricSummary[];
  /** The metric to begin with. */
  first: string;
  /** Shows a step on the chart. */
  onStep: (step: number) => void;
}

interface Place {
  readonly key: string;
  readonly from: number;
  /** Of the pages that were gone through; the last one is shown. */
  readonly cursors: readonly (string | null)[];
}

const START = [null] as const;

/** A metric's observations exactly as they were logged, a page at a time. */
export function RawData({ run, metrics, first, onStep }: Props) {
  const [place, setPlace] = useState<Place>({ key: first, from: 0, cursors: START });
  const { key, from, cursors } = place;
  const { data, error, isFetching, refetch } = useQuery(
    observationsQuery(run.id, { key, from, cursor: cursors.at(-1) ?? null }),
  );
  const summary = metrics.find((metric) => metric.key === key);
  const next = data?.next_cursor ?? null;
  return (
    <div className="flex max-w-4xl flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="metric"
          value={key}
          options={metrics.map((metric) => ({ value: metric.key, label: metric.key }))}
          onChange={(value) => setPlace({ key: value, from, cursors: START })}
        />
        <JumpToStep
          last={summary?.last_step ?? 0}
          onJump={(step) => setPlace({ key, from: step, cursors: START })}
        />
        <span className="text-xs text-muted tabular-nums">{summary && extentText(summary)}</span>
        <a
          href={`/api/v1${urlPath("runs", run.id, "export")}?format=csv`}
          download
          className={`${buttonClass("secondary", "small")} ml-auto`}
        >
          All metrics as CSV
        </a>
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      <RawTable metric={key} rows={data?.items ?? null} busy={isFetching} onStep={onStep} />
      <nav aria-label="Pages of raw data" className="flex items-center gap-2">
        <Button
          size="small"
          disabled={cursors.length === 1}
          onClick={() => setPlace({ key, from, cursors: cursors.slice(0, -1) })}
        >
          Earlier
        </Button>
        <Button
          size="small"
          disabled={next === null}
          onClick={() => setPlace({ key, from, cursors: [...cursors, next] })}
        >
          Later
        </Button>
        <span className="text-xs text-muted tabular-nums">page {cursors.length}</span>
      </nav>
    </div>
  );
}

const extentText = ({ count, last_step: last }: MetricSummary): string =>
  `${formatCount(count)} points, last step ${formatInteger(last)}`;

function JumpToStep({ last, onJump }: { last: number; onJump: (step: number) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const step = Number(new FormData(event.currentTarget).get("step"));
    if (Number.isSafeInteger(step) && step >= 0) onJump(step);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-1">
      <Input
        type="number"
        name="step"
        min={0}
        max={last}
        defaultValue={0}
        aria-label="First step to show"
        className="w-28"
      />
      <Button type="submit" size="small">
        Go to step
      </Button>
    </form>
  );
}
