"use client";

import { useMemo } from "react";
import { RunsChart } from "@/components/charts/runs-chart";
import type { ZoomHandlers } from "@/components/charts/zoom-handlers";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { XAxis } from "@/lib/contracts/metrics";
import type { Range, ScaleKind } from "@/lib/presenters/charts/chart-model";
import { defaultLrScale } from "@/lib/presenters/charts/lr-scale";
import { frameRuns, prepareRuns } from "@/lib/presenters/charts/runs-chart";
import type { RunsChartData } from "@/lib/presenters/charts/runs-data";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { LR_HEIGHT, METRIC_HEIGHT } from "./curves-skeleton";
import { SCALES } from "./scales";

/** What all charts of a project share. */
export interface CommonCurves extends Pick<RunsChartData, "runs" | "groups" | "loading"> {
  x: XAxis;
  smoothing: number;
  window: Range;
  zoom: ZoomHandlers;
}

interface Props extends CommonCurves, Pick<RunsChartData, "series" | "part"> {
  metric: string;
  scale: RunsView["scale"];
  lrKey: string | null;
  lrScale: ScaleKind | null;
  onLrScale: (scale: ScaleKind) => void;
  /** Back to steps, for an x that none of the runs has. */
  onReset: () => void;
}

/**
 * The metric above, the LR below on the same x. What does not move with a gesture is prepared once: a frame only frames
 * it anew.
 */
export function TwoCharts({ metric, scale, lrKey, onReset, onLrScale, ...data }: Props) {
  const { series, part, runs, groups, loading, x, smoothing, window, zoom } = data;
  const above = useMemo(
    () => prepareRuns({ series, part, runs, groups, loading, x, metric, smoothing }),
    [series, part, runs, groups, loading, x, metric, smoothing],
  );
  const below = useMemo(
    () =>
      lrKey === null || lrKey === metric
        ? null
        : prepareRuns({ series, part, runs, groups, loading, x, metric: lrKey, kind: "lr" }),
    [series, part, runs, groups, loading, x, metric, lrKey],
  );
  const upper = useMemo(() => frameRuns(above, { scale, window }), [above, scale, window]);
  const fitting = useMemo(() => defaultLrScale(part?.whole ?? series, lrKey), [part, series, lrKey]);
  const lrScale = data.lrScale ?? fitting;
  const lower = useMemo(
    () => below && frameRuns(below, { window, scale: lrScale }),
    [below, window, lrScale],
  );
  const remedy = <Button onClick={onReset}>Show by step</Button>;
  return (
    <>
      <RunsChart className={METRIC_HEIGHT} chart={upper} zoom={zoom} remedy={remedy} />
      {lower === null ? null : (
        <RunsChart
          className={LR_HEIGHT}
          chart={lower}
          zoom={zoom}
          remedy={remedy}
          legend={false}
          aside={
            <Select label="LR axis" value={lrScale} options={SCALES} onChange={onLrScale} className="h-7" />
          }
        />
      )}
    </>
  );
}
