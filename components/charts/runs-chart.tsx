"use client";

import type { RunsChartModel } from "@/lib/presenters/charts/runs-chart";
import { cn } from "@/components/ui/class-names";
import { ChartEmpty } from "./chart-empty";
import { ChartFigure } from "./chart-figure";
import type { ZoomHandlers } from "./zoom-handlers";

interface Props {
  chart: RunsChartModel;
  zoom?: ZoomHandlers;
  compact?: boolean;
  /** Height of the plot; 240 px when absent. */
  className?: string;
}

/** Several runs, one metric. */
export function RunsChart({ chart, zoom, compact, className }: Props) {
  const height = cn("h-60", className);
  if (chart.state === "empty") {
    return (
      <div className={cn("relative mt-8", height)}>
        <ChartEmpty chart={chart} />
      </div>
    );
  }
  return <ChartFigure model={chart} zoom={zoom} compact={compact} className={height} />;
}
