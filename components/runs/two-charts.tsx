"use client";

import { useMemo } from "react";
import { CrosshairLink } from "@/components/charts/crosshair-link";
import { RunsChart } from "@/components/charts/runs-chart";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import {
  commonWindow,
  presentRunsChart,
  type RunsChartInput,
  type RunsChartModel,
} from "@/lib/presenters/charts/runs-chart";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { LR_HEIGHT, METRIC_HEIGHT } from "./curves-skeleton";

interface Props {
  series: SeriesResponse["series"];
  runs: RunsChartInput["runs"];
  metric: string;
  scale: RunsView["scale"];
  lrKey: string | null;
}

/** The metric above, the LR below on the same x, with one crosshair. Made anew only when what they show changes: a chart that is given a new model draws itself again. */
export function TwoCharts({ series, runs, metric, scale, lrKey }: Props) {
  const window = useMemo(() => commonWindow(series), [series]);
  const above = useMemo(
    () => presentRunsChart({ series, runs, metric, scale, window }),
    [series, runs, metric, scale, window],
  );
  const below = useMemo(
    () =>
      lrKey === null || lrKey === metric
        ? null
        : presentRunsChart({ series, runs, metric: lrKey, kind: "lr", window }),
    [series, runs, metric, lrKey, window],
  );
  return (
    <CrosshairLink>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-4 pb-4">
        <RunsChart className={METRIC_HEIGHT} chart={above} />
        {below === null ? null : <RunsChart className={LR_HEIGHT} chart={withoutLegend(below)} />}
      </div>
    </CrosshairLink>
  );
}

/** The chart above has the same runs in the same colours. */
const withoutLegend = (chart: RunsChartModel): RunsChartModel =>
  chart.state === "ready" ? { ...chart, legend: [] } : chart;
