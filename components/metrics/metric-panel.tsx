"use client";

import { ChartLine } from "lucide-react";
import { useMemo } from "react";
import { Panel, PanelTitle } from "@/components/charts/panels/panel";
import { usePanelActions } from "@/components/charts/panels/panel-actions";
import { RunsChart } from "@/components/charts/runs-chart";
import type { ZoomHandlers } from "@/components/charts/zoom-handlers";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import { frameRuns, prepareRuns, type RunsChartInput } from "@/lib/presenters/charts/runs-chart";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import type { PanelFrame } from "./use-panel-frame";
import { useVisible } from "@/components/charts/use-visible";

interface Props {
  metric: string;
  /** Of the whole section; undefined while on its way. */
  series: SeriesResponse["series"] | undefined;
  part: RunsChartInput["part"];
  frame: PanelFrame;
  zoom: ZoomHandlers;
  /** Whether it is on the chart above. */
  shown: boolean;
  /** null: it is always there. */
  onShow: (() => void) | null;
}

/** Of the plot, for its ticks: what a panel is about as wide as. */
const WIDTH = 360;
/** What a log axis of a panel's height has room for. */
const LABELS = 6;

/** One metric of the run, small. Drawn once it has come near the screen. */
export function MetricPanel({ metric, series, part, frame, zoom, shown, onShow }: Props) {
  const { visible, ref } = useVisible();
  const { run, x, smoothing, window, lrKey } = frame;
  const isLr = metric === lrKey;
  const prepared = useMemo(
    () =>
      series && visible
        ? prepareRuns({
            ...{ series, metric, x, smoothing: isLr ? 0 : smoothing, part },
            runs: [run],
            kind: isLr ? "lr" : "value",
          })
        : null,
    [series, visible, metric, run, x, smoothing, part, isLr],
  );
  const scale = isLr ? "linear" : defaultLeftScale([metric]);
  const chart = useMemo(
    () => prepared && frameRuns(prepared, { window, scale, width: WIDTH, labels: LABELS }),
    [prepared, window, scale],
  );
  const { actions, dialog } = usePanelActions(metric);
  const heading = <PanelTitle metric={metric} />;
  return (
    <Panel metric={metric} ref={ref}>
      {chart ? (
        <RunsChart
          chart={chart}
          zoom={zoom}
          compact
          legend={false}
          className="h-40"
          heading={heading}
          aside={onShow ? <ShowAbove {...{ metric, shown, onShow }} /> : null}
          actions={actions}
        />
      ) : (
        <>
          <div className="flex min-h-8 items-center">{heading}</div>
          <Skeleton className="h-40" />
        </>
      )}
      {dialog}
    </Panel>
  );
}

type ToggleProps = Pick<Props, "metric" | "shown"> & { onShow: () => void };

function ShowAbove({ metric, shown, onShow }: ToggleProps) {
  return (
    <IconButton
      label={shown ? `Remove ${metric} from the chart above` : `Add ${metric} to the chart above`}
      aria-pressed={shown}
      onClick={onShow}
    >
      <ChartLine size={15} aria-hidden className={cn(shown && "text-accent")} />
    </IconButton>
  );
}
