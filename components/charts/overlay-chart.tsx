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

const HEIGHT = "h-[360px] md:h-[440px]";

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
