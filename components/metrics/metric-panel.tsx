"use client";

import { ChartLine, Pin, PinOff } from "lucide-react";
import { useMemo } from "react";
import { RunsChart } from "@/components/charts/runs-chart";
import type { ZoomHandlers } from "@/components/charts/zoom-handlers";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import { presentRunsChart, type RunsChartInput } from "@/lib/presenters/charts/runs-chart";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import type { PanelFrame } from "./use-panel-frame";
import { useVisible } from "./use-visible";

interface Props {
  metric: string;
  /** Of the whole section; undefined while on its way. */
  series: SeriesResponse["series"] | undefined;
  part: RunsChartInput["part"];
  frame: PanelFrame;
  zoom: ZoomHandlers;
  pinned: boolean;
  onPin: () => void;
  /** Whether it is on the chart above. */
  shown: boolean;
  /** null: it is always there. */
  onShow: (() => void) | null;
}

/** Of the plot, for its ticks: what a panel is about as wide as. */
const WIDTH = 360;

/** One metric of the run, small. Drawn once it has come near the screen. */
export function MetricPanel({ metric, series, part, frame, zoom, ...controls }: Props) {
  const { visible, ref } = useVisible();
  const { run, x, smoothing, window, lrKey } = frame;
  const isLr = metric === lrKey;
  const chart = useMemo(
    () =>
      series && visible
        ? presentRunsChart({
            ...{ series, metric, x, smoothing: isLr ? 0 : smoothing, window, part, width: WIDTH },
            runs: [run],
            scale: isLr ? "linear" : defaultLeftScale([metric]),
            kind: isLr ? "lr" : "value",
          })
        : null,
    [series, visible, metric, run, x, smoothing, window, part, isLr],
  );
  const heading = (
    <h3 className="min-w-0 flex-1 truncate text-sm font-medium" title={metric}>
      {metric}
    </h3>
  );
  return (
    <li ref={ref} className="min-w-0 rounded-lg border border-line px-2 pt-1 pb-1">
      {chart ? (
        <RunsChart
          chart={chart.state === "ready" ? { ...chart, legend: [] } : chart}
          zoom={zoom}
          compact
          className="h-40"
          heading={heading}
          aside={<PanelButtons metric={metric} {...controls} />}
        />
      ) : (
        <>
          <div className="flex min-h-8 items-center">{heading}</div>
          <Skeleton className="h-40" />
        </>
      )}
    </li>
  );
}

type ButtonProps = Pick<Props, "metric" | "pinned" | "onPin" | "shown" | "onShow">;

function PanelButtons({ metric, pinned, onPin, shown, onShow }: ButtonProps) {
  const PinIcon = pinned ? PinOff : Pin;
  return (
    <span className="flex">
      {onShow ? (
        <IconButton
          label={shown ? `Take ${metric} off the chart above` : `Put ${metric} on the chart above`}
          aria-pressed={shown}
          onClick={onShow}
        >
          <ChartLine size={15} aria-hidden className={cn(shown && "text-accent")} />
        </IconButton>
      ) : null}
      <IconButton
        label={pinned ? `Unpin ${metric}` : `Pin ${metric} for the project`}
        aria-pressed={pinned}
        onClick={onPin}
      >
        <PinIcon size={15} aria-hidden className={cn(pinned && "text-accent")} />
      </IconButton>
    </span>
  );
}
