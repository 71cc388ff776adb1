"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { ChartEmpty } from "@/components/charts/chart-empty";
import type { ZoomHandlers } from "@/components/charts/zoom-handlers";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { curvesQuery } from "@/lib/client/compare/queries";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareResponse, CurvesResponse } from "@/lib/contracts/compare";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import { normaliseWindow, panBy, zoomAround, type StepWindow } from "@/lib/presenters/charts/zoom";
import { presentCurves } from "@/lib/presenters/compare/curves-chart";
import { type CompareView, whichOf } from "@/lib/presenters/compare/view";
import { suggestedTarget } from "@/lib/presenters/compare/target-axis";
import { LinkedPlots } from "./linked-plots";
import { TargetLine } from "./target-line";

interface Props {
  view: CompareView;
  answer: CompareResponse;
  inks: ReadonlyMap<string, string>;
  setUrl: (patch: UrlPatch) => void;
}

const BUCKETS = 200;

/** The groups' curves over the steps, and under them their learning rates. */
export function Curves({ view, answer, inks, setUrl }: Props) {
  const live = answer.runs.some(({ status }) => status === "running");
  const body = {
    ...whichOf(view),
    by: view.by,
    metrics: [answer.metric],
    buckets: BUCKETS,
    members: 60,
    lr: true,
    ...(view.window ?? {}),
  };
  const { data, error, refetch } = useQuery(curvesQuery(body, live));
  if (error) return <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-[31rem]" />;
  return <Plots view={view} answer={answer} inks={inks} setUrl={setUrl} data={data} />;
}

function Plots({ view, answer, inks, setUrl, data }: Props & { data: CurvesResponse }) {
  const extent = { from: 0, to: Math.max(1, data.last_step) };
  const shown = view.window ?? extent;
  const { upper, lower } = useMemo(() => {
    const common = {
      inks,
      sizes: new Map(answer.groups.map(({ key, run_ids }) => [key, run_ids.length])),
      stat: view.stat,
      window: { min: shown.from, max: shown.to },
      total: answer.groups.length,
    };
    const [set] = data.sets;
    const scale = view.scale ?? defaultLeftScale([answer.metric]);
    return {
      upper: set ? presentCurves({ ...common, set, scale, include: view.target }) : null,
      lower: data.lr ? presentCurves({ ...common, set: data.lr, scale: "linear", kind: "lr" }) : null,
    };
  }, [data, inks, view.stat, view.scale, view.target, shown.from, shown.to, answer]);
  const zoom = useZoom(shown, extent, (window) =>
    setUrl({ from: window && String(window.from), to: window && String(window.to) }),
  );
  if (upper?.state !== "ready") {
    return <div className="relative h-72">{upper ? <ChartEmpty chart={upper} /> : null}</div>;
  }
  const axis = upper.left;
  const target = view.target ?? suggestedTarget(answer);
  return (
    <LinkedPlots
      upper={upper}
      lower={lower?.state === "ready" ? aligned(lower) : null}
      zoom={zoom}
      over={(area) =>
        target === null || !axis ? null : (
          <TargetLine
            area={area}
            axis={axis}
            target={target}
            isSet={view.target !== null}
            onTarget={(target) => setUrl({ target: String(target) })}
          />
        )
      }
    />
  );
}

/** The chart above has the legend. */
const aligned = (chart: ReadyChart): ReadyChart => ({ ...chart, legend: [] });

function useZoom(
  shown: StepWindow,
  extent: StepWindow,
  onWindow: (window: StepWindow | null) => void,
): ZoomHandlers {
  const start = useRef(shown);
  return {
    onSelect: (min, max) => onWindow(normaliseWindow({ from: min, to: max }, extent)),
    onPanStart: () => {
      start.current = shown;
    },
    onPan: (share) => onWindow(panBy(start.current, extent, share * (start.current.to - start.current.from))),
    onZoom: (x, factor) => onWindow(zoomAround(shown, extent, x, factor)),
    onReset: () => onWindow(null),
  };
}
