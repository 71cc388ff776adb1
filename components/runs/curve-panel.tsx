"use client";

import { useMemo, type ReactNode } from "react";
import { Panel, PanelTitle } from "@/components/charts/panels/panel";
import { usePanelActions } from "@/components/charts/panels/panel-actions";
import { RunsChart } from "@/components/charts/runs-chart";
import { useVisible } from "@/components/charts/use-visible";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { defaultLrScale } from "@/lib/presenters/charts/lr-scale";
import { frameRuns, prepareRuns } from "@/lib/presenters/charts/runs-chart";
import { figuresFor } from "@/lib/presenters/charts/runs-data";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import type { CommonCurves } from "./two-charts";
import { useRunsSeries } from "./use-runs-series";

interface Props extends CommonCurves {
  projectId: string;
  metric: string;
  isLr: boolean;
  asked: Range | null;
  onLarge: () => void;
}

const BUCKETS = 200;
/** Of the plot, for its ticks: what a panel is about as wide as. */
const WIDTH = 180;
/** What a log axis of a panel's height has room for. */
const LABELS = 6;

/** One metric of the chosen runs, small. Its points are asked for once it has come near the screen. */
export function CurvePanel(props: Props) {
  const { visible, ref } = useVisible();
  const heading = <PanelTitle metric={props.metric} />;
  return (
    <Panel metric={props.metric} ref={ref}>
      {visible ? (
        <PanelChart {...props} heading={heading} />
      ) : (
        <>
          <div className="flex min-h-8 items-center">{heading}</div>
          <Skeleton className="h-36" />
        </>
      )}
    </Panel>
  );
}

function PanelChart({
  projectId,
  metric,
  isLr,
  asked,
  onLarge,
  heading,
  ...common
}: Props & { heading: ReactNode }) {
  const { runs, groups, x, window, zoom } = common;
  const smoothing = isLr ? 0 : common.smoothing;
  const figures = figuresFor(smoothing, groups);
  const body = { runs: runs.map(({ id }) => id), keys: [metric], buckets: BUCKETS, x, figures };
  const { series, part, stale, error, retry } = useRunsSeries(projectId, body, asked);
  const prepared = useMemo(
    () =>
      prepareRuns({
        series: series ?? [],
        part,
        runs,
        groups,
        loading: stale,
        x,
        metric,
        smoothing,
        kind: isLr ? "lr" : "value",
      }),
    [series, part, runs, groups, stale, x, metric, smoothing, isLr],
  );
  const whole = part?.whole ?? series;
  const scale = useMemo(
    () => (isLr ? defaultLrScale(whole ?? [], metric) : defaultLeftScale([metric])),
    [isLr, whole, metric],
  );
  const chart = useMemo(
    () => frameRuns(prepared, { window, scale, width: WIDTH, labels: LABELS }),
    [prepared, window, scale],
  );
  const { actions, dialog } = usePanelActions(metric, onLarge);
  if (error) return <PanelError reason={sentenceOf(error)} onRetry={retry} />;
  if (series === undefined && runs.length > 0) {
    return (
      <>
        <div className="flex min-h-8 items-center">{heading}</div>
        <Skeleton className="h-36" />
      </>
    );
  }
  return (
    <>
      <RunsChart
        chart={chart}
        zoom={zoom}
        compact
        legend={false}
        className="h-36"
        heading={heading}
        actions={actions}
      />
      {dialog}
    </>
  );
}
