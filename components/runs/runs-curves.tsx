"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { RunsChart } from "@/components/charts/runs-chart";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectSeriesQuery } from "@/lib/client/metrics/queries";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import {
  presentRunsChart,
  type RunsChartInput,
  type RunsChartModel,
} from "@/lib/presenters/charts/runs-chart";
import { runColor } from "@/lib/presenters/format/run-color";
import type { ProjectView } from "@/lib/presenters/runs/project-view";

interface Props {
  projectId: string;
  view: ProjectView;
  onChange: (patch: Record<string, string | null>) => void;
}

/** Both charts fit beside the table without scrolling on a laptop's screen. */
const METRIC_HEIGHT = "h-[clamp(15rem,calc((100dvh-19rem)*0.64),36rem)]";
const LR_HEIGHT = "h-[clamp(9rem,calc((100dvh-19rem)*0.36),20rem)]";

const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;

/** The chosen runs together: the metric above, the learning rate below on the same steps. */
export function RunsCurves({ projectId, view, onChange }: Props) {
  const { selected, metric, metrics, scale, lrKey } = view;
  const keys = [...new Set([metric?.key, lrKey].filter((key) => key !== null && key !== undefined))];
  const body = { runs: selected.map((row) => row.id), keys, buckets: 400, x: "step" as const };
  const { data, error, refetch, isPending, isPlaceholderData } = useQuery({
    ...projectSeriesQuery(projectId, body),
    enabled: body.runs.length > 0 && keys.length > 0,
  });
  const series = useMemo(() => data?.series ?? [], [data]);
  const runs = useMemo(() => {
    const all = selected.map((row) => ({ id: row.id, name: row.name, css: runColor(row.index) }));
    // Until the answer for this choice is here, the last one stays: the others are not missing, only on their way.
    return isPlaceholderData ? all.filter(({ id }) => series.some(({ run_id }) => run_id === id)) : all;
  }, [selected, series, isPlaceholderData]);
  if (metric === null) return null;
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
          {selected.length} of {view.rows.length} drawn
        </span>
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {isPending && body.runs.length > 0 ? (
        <CurvesSkeleton />
      ) : (
        <Charts series={series} runs={runs} metric={metric.key} scale={scale} lrKey={lrKey} />
      )}
    </section>
  );
}

interface ChartsProps {
  series: SeriesResponse["series"];
  runs: RunsChartInput["runs"];
  metric: string;
  scale: ProjectView["scale"];
  lrKey: string | null;
}

/** Made anew only when what they show changes: a chart that is given a new model draws itself again. */
function Charts({ series, runs, metric, scale, lrKey }: ChartsProps) {
  const above = useMemo(
    () => presentRunsChart({ series, runs, metric, scale }),
    [series, runs, metric, scale],
  );
  const below = useMemo(
    () =>
      lrKey === null || lrKey === metric
        ? null
        : presentRunsChart({ series, runs, metric: lrKey, kind: "lr" }),
    [series, runs, metric, lrKey],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-4 pb-4">
      <RunsChart className={METRIC_HEIGHT} chart={above} />
      {below === null ? null : <RunsChart className={LR_HEIGHT} compact chart={withoutLegend(below)} />}
    </div>
  );
}

/** The chart above has the same runs in the same colours. */
const withoutLegend = (chart: RunsChartModel): RunsChartModel =>
  chart.state === "ready" ? { ...chart, legend: [] } : chart;

/** Where the two charts will be. */
export function CurvesSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 px-4 pt-8 pb-4" aria-busy>
      <Skeleton className={METRIC_HEIGHT} />
      <Skeleton className={`mt-8 ${LR_HEIGHT}`} />
    </div>
  );
}
