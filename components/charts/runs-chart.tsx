"use client";

import type { ReactNode } from "react";
import type { RunsChartModel } from "@/lib/presenters/charts/runs-chart";
import { cn } from "@/components/ui/class-names";
import { Menu } from "@/components/ui/menu";
import { ChartEmpty } from "./chart-empty";
import { ChartFigure } from "./chart-figure";
import { ActionsButton, type ChartActions } from "./download-menu";
import type { ZoomHandlers } from "./zoom-handlers";

interface Props {
  chart: RunsChartModel;
  zoom?: ZoomHandlers;
  compact?: boolean;
  legend?: boolean;
  /** Height of the plot; 240 px when absent. */
  className?: string;
  heading?: ReactNode;
  aside?: ReactNode;
  actions?: ChartActions;
  /** The button of a chart that is empty for want of its x. */
  remedy?: ReactNode;
}

/** Several runs, one metric. */
export function RunsChart({ chart, className, remedy, ...figure }: Props) {
  const { heading, aside, actions } = figure;
  const height = cn("weak:h-60", className);
  if (chart.state === "empty") {
    return (
      <div>
        <div className="flex min-h-8 items-center justify-between">
          {heading}
          <span className="flex shrink-0 items-center">
            {aside}
            {actions ? <Menu trigger={ActionsButton(actions)}>{actions.items}</Menu> : null}
          </span>
        </div>
        <div className={cn("relative", height)}>
          <ChartEmpty chart={chart} action={chart.remedy ? remedy : null} />
        </div>
      </div>
    );
  }
  return <ChartFigure {...figure} model={chart} className={height} />;
}
