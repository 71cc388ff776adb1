"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectSeriesQuery } from "@/lib/client/metrics/queries";
import { runColor } from "@/lib/presenters/format/run-color";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { CurvesSkeleton } from "./curves-skeleton";

interface Props {
  projectId: string;
  view: RunsView;
  onChange: (patch: Record<string, string | null>) => void;
}

/** Chart.js is large and the table does not wait for it. */
const load = () => import("./two-charts").then((file) => file.TwoCharts);
// On its way while the table is still starting. Who draws it says what went wrong.
if (typeof window !== "undefined") load().catch(() => undefined);
const TwoCharts = dynamic(load, {
  ssr: false,
  loading: () => <CurvesSkeleton />,
});

const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;

/** The chosen runs together: the metric above, the learning rate below on the same steps. */
export function RunsCurves({ projectId, view, onChange }: Props) {
  const { drawn, metric, metrics, scale, lrKey } = view;
  const keys = [...new Set([metric?.key, lrKey].filter((key) => key !== null && key !== undefined))];
  const body = { runs: drawn.map((row) => row.id), keys, buckets: 400, x: "step" as const };
  const { data, error, refetch, isPending, isPlaceholderData } = useQuery({
    ...projectSeriesQuery(projectId, body),
    enabled: body.runs.length > 0 && keys.length > 0,
  });
  const series = useMemo(() => data?.series ?? [], [data]);
  const runs = useMemo(() => {
    const all = drawn.map((row) => ({ id: row.id, name: row.name, css: runColor(row.index) }));
    // Until the answer for this choice is here, the last one stays: the others are not missing, only on their way.
    return isPlaceholderData ? all.filter(({ id }) => series.some(({ run_id }) => run_id === id)) : all;
  }, [drawn, series, isPlaceholderData]);
  if (metric === null) {
    return (
      <EmptyState className="flex-1 justify-center" title="No run here has logged a metric yet">
        The curves appear here with the first point.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Curves of the chosen runs" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <Select
          label="metric"
          value={metric.key}
          options={metrics.map((key) => ({ value: key, label: key }))}
          onChange={(key) => onChange({ metric: key, scale: null })}
        />
        <Select label="axis" value={scale} options={SCALES} onChange={(next) => onChange({ scale: next })} />
        <span className="ml-auto text-xs text-muted tabular-nums">
          {drawn.length} of {view.rows.length} drawn
        </span>
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {isPending && body.runs.length > 0 ? (
        <CurvesSkeleton />
      ) : (
        <TwoCharts series={series} runs={runs} metric={metric.key} scale={scale} lrKey={lrKey} />
      )}
    </section>
  );
}
