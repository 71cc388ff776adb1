"use client";

import { useMemo, useRef } from "react";
import { CrosshairLink } from "@/components/charts/crosshair-link";
import { useXZoom } from "@/components/charts/use-x-zoom";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { Project } from "@/lib/contracts/projects";
import { commonWindow } from "@/lib/presenters/charts/runs-chart";
import { figuresFor } from "@/lib/presenters/charts/runs-data";
import type { drawnRuns } from "@/lib/presenters/runs/drawn-runs";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { CurvePanels } from "./curve-panels";
import { CurvesSkeleton } from "./curves-skeleton";
import { TwoCharts } from "./two-charts";
import type { CurvesState } from "./use-curves-view";
import { useRunsSeries } from "./use-runs-series";

interface Props {
  project: Project;
  metric: string;
  metrics: readonly string[];
  scale: RunsView["scale"];
  lrKey: string | null;
  curves: CurvesState;
  drawn: ReturnType<typeof drawnRuns>;
  onMetric: (metric: string) => void;
}

/** As many as a plot as wide as a laptop's screen could show; a mean of many runs wants fewer of each. */
const BUCKETS = 1000;
const GROUPED_BUCKETS = 400;

/** Everything that is drawn beside the table, on one x, with one crosshair and one zoom. */
export function CurvesBody({ project, metric, metrics, scale, lrKey, curves, drawn, onMetric }: Props) {
  const { view, settled } = curves;
  const top = useRef<HTMLDivElement>(null);
  const keys = [...new Set([metric, lrKey].filter((key) => key !== null))];
  const buckets = drawn.groups === null ? BUCKETS : GROUPED_BUCKETS;
  const figures = figuresFor(view.smoothing, drawn.groups);
  const body = { runs: drawn.runs.map(({ id }) => id), keys, buckets, x: view.x, figures };
  const loaded = useRunsSeries(project.id, body, settled.window);
  const whole = useMemo(() => commonWindow(loaded.whole ?? [], view.x), [loaded.whole, view.x]);
  const shown = view.window ?? whole;
  const zoom = useXZoom(shown, whole, {
    set: (window) => curves.set({ window }),
    drag: curves.drag,
  });
  const { runs, groups } = drawn;
  const there = useMemo(() => {
    const own = new Set(loaded.whole?.map(({ run_id }) => run_id));
    // Until the answer for this choice is here, the last one stays: the others are not missing, only on their way.
    return loaded.stale ? runs.filter(({ id }) => own.has(id)) : runs;
  }, [runs, loaded.whole, loaded.stale]);
  if (loaded.error) return <PanelError reason={sentenceOf(loaded.error)} onRetry={loaded.retry} />;
  if (loaded.series === undefined && runs.length > 0) return <CurvesSkeleton />;
  const common = {
    runs: there,
    groups,
    loading: loaded.stale,
    x: view.x,
    smoothing: view.smoothing,
    window: shown,
    zoom,
  };
  return (
    <CrosshairLink>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-4 pb-4">
        <div ref={top} className="-mb-2 scroll-mt-32" />
        <TwoCharts
          {...common}
          series={loaded.series ?? []}
          part={loaded.part}
          metric={metric}
          scale={scale}
          lrKey={lrKey}
          lrScale={view.lr}
          onLrScale={(lr) => curves.set({ lr })}
          onReset={() => curves.set({ x: "step" })}
        />
        <CurvePanels
          {...common}
          project={project}
          metrics={metrics}
          lrKey={lrKey}
          asked={settled.window}
          show={view.show}
          onShow={(show) => curves.set({ show })}
          onLarge={(key) => {
            onMetric(key);
            top.current?.scrollIntoView({ block: "nearest" });
          }}
        />
      </div>
    </CrosshairLink>
  );
}
