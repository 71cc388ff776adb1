"use client";

import type { ReactNode } from "react";
import type { ChartModel } from "@/lib/presenters/charts/chart-model";
import { cn } from "@/components/ui/class-names";
import { ChartEmpty } from "./chart-empty";
import { ChartFigure } from "./chart-figure";
import type { ZoomHandlers } from "./zoom-handlers";
import type { PlotArea } from "./layers-plugin";

interface Props {
  chart: ChartModel;
  zoom: ZoomHandlers;
  compact: boolean;
  /** The button of an empty chart. */
  remedy?: ReactNode;
  onArea: (area: PlotArea) => void;
}

/** Beside the rail the chart has what the window leaves over: 460 px are the bars, the chart's own head, and a glimpse of the tab. */
const HEIGHT = "h-[360px] md:h-[440px] xl:h-[clamp(420px,calc(100svh-460px),1100px)]";

/** A run's metrics over its learning rate. */
export function OverlayChart({ chart, zoom, compact, remedy, onArea }: Props) {
  if (chart.state === "empty") {
    return (
      <div className={cn("relative mt-8", HEIGHT)}>
        <ChartEmpty chart={chart} action={remedy} />
      </div>
    );
  }
  return <ChartFigure model={chart} zoom={zoom} compact={compact} onArea={onArea} className={HEIGHT} />;
}
