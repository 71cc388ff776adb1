"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { Smoothing } from "@/components/charts/smoothing";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { runFieldsQuery } from "@/lib/client/runs/queries";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { Project } from "@/lib/contracts/projects";
import { tellsBatchSize, xOptions } from "@/lib/presenters/charts/x-options";
import { drawnRuns } from "@/lib/presenters/runs/drawn-runs";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { CurvesSkeleton } from "./curves-skeleton";
import { useCurvesView } from "./use-curves-view";
import { SCALES } from "./scales";

interface Props {
  project: Project;
  view: RunsView;
  search: URLSearchParams;
  onChange: (patch: UrlPatch) => void;
}

/** Chart.js is large and the table does not wait for it. */
const load = () => import("./curves-body").then((file) => file.CurvesBody);
// On its way while the table is still starting. Who draws it says what went wrong.
if (typeof window !== "undefined") load().catch(() => undefined);
const CurvesBody = dynamic(load, {
  ssr: false,
  loading: () => <CurvesSkeleton />,
});

/** The chosen runs, or the groups, together: the metric above, the learning rate below, further metrics under them. */
export function RunsCurves({ project, view, search, onChange }: Props) {
  const { metric, metrics, scale, lrKey } = view;
  const curves = useCurvesView(search, onChange);
  const drawn = useMemo(() => drawnRuns(view), [view]);
  const fields = useQuery(runFieldsQuery(project.id)).data?.items ?? [];
  if (metric === null) {
    return (
      <EmptyState className="flex-1 justify-center" title="No run here has logged a metric yet">
        The curves appear here with the first point.
      </EmptyState>
    );
  }
  const setMetric = (key: string) => onChange({ metric: key, scale: null });
  const samples = fields.some(({ field }) => tellsBatchSize(field));
  const { x, smoothing, window } = curves.view;
  return (
    <section aria-label="Curves of the chosen runs" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <Select
          label="metric"
          value={metric.key}
          options={metrics.map((key) => ({ value: key, label: key }))}
          onChange={setMetric}
        />
        <Select label="axis" value={scale} options={SCALES} onChange={(next) => onChange({ scale: next })} />
        <Select
          label="x"
          value={x}
          options={xOptions({ metrics, lr: lrKey !== null, samples }, x)}
          onChange={(next) => curves.set({ x: next })}
        />
        <Smoothing key={smoothing} value={smoothing} onChange={(next) => curves.set({ smoothing: next })} />
        {window === null ? null : (
          <Button size="small" onClick={() => curves.set({ window: null })}>
            Show all of x
          </Button>
        )}
        <span role="status" className="ml-auto inline-flex h-7 items-center text-xs text-muted tabular-nums">
          {drawn.note}
        </span>
      </div>
      <CurvesBody
        {...{ project, metrics, scale, lrKey, curves, drawn }}
        metric={metric.key}
        onMetric={setMetric}
      />
    </section>
  );
}
