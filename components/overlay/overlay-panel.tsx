"use client";

import { useMemo, useState } from "react";
import { OverlayChart } from "@/components/charts/overlay-chart";
import { RangeStrip } from "@/components/charts/range-strip";
import type { PlotArea } from "@/components/charts/layers-plugin";
import { useZoom } from "@/components/charts/use-zoom";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { MetricSummary } from "@/lib/contracts/metrics";
import { findBatchSize } from "@/lib/domain/metrics/batch-size";
import type { Run } from "@/lib/contracts/runs";
import { mapOf, presentOverlay } from "@/lib/presenters/charts/overlay";
import { xOptions } from "@/lib/presenters/charts/x-options";
import { presentStrip } from "@/lib/presenters/charts/strip";
import { runExtent } from "@/lib/presenters/charts/zoom";
import { OverlayToolbar } from "./overlay-toolbar";
import { Remedy } from "./remedy";
import type { OverlayData } from "./use-overlay-data";
import { useWidth } from "./use-width";

interface Props {
  run: Run;
  metrics: readonly MetricSummary[];
  data: OverlayData;
  /** The run's colour, as a CSS value. */
  runCss: string;
}

const COMPACT_BELOW = 560;
/** Pixels, until the chart has measured its own. */
const GUTTER = 56;

/** The run's chart with everything that changes how it is seen. */
export function OverlayPanel({ run, metrics, data, runCss }: Props) {
  const { view, set, drag, overlay, whole, around } = data;
  const { width, ref } = useWidth(1040);
  const [area, setArea] = useState<PlotArea | null>(null);
  const { to, last_step } = whole;
  const extent = useMemo(
    () => runExtent({ to, last_step }, run.status === "running"),
    [to, last_step, run.status],
  );
  const shown = view.metrics ?? overlay.metrics.map((metric) => metric.key);
  const plot = area ? area.right - area.left : width - 2 * GUTTER;
  const chart = useMemo(
    () => presentOverlay(overlay, { view, extent, whole: around, runName: run.name, runCss, width: plot }),
    [overlay, view, extent, around, run.name, runCss, plot],
  );
  const [first] = shown;
  const strip = useMemo(() => presentStrip(whole, first, extent), [whole, first, extent]);
  const map = useMemo(() => mapOf(overlay), [overlay]);
  const zoom = useZoom(data, extent, map);
  const available = metrics.map((metric) => metric.key).filter((key) => key !== overlay.lr.key);
  const known = { metrics: metrics.map(({ key }) => key), lr: overlay.lr.key !== null };
  const options = xOptions({ ...known, samples: findBatchSize(run.config) !== null }, view.x);
  return (
    <section aria-label="Metrics and learning rate" aria-busy={data.pending}>
      <OverlayToolbar {...{ view, shown, available }} xOptions={options} onChange={set} />
      {data.error ? <PanelError reason={sentenceOf(data.error)} onRetry={data.retry} /> : null}
      <div ref={ref}>
        <OverlayChart
          chart={chart}
          zoom={zoom}
          compact={width < COMPACT_BELOW}
          onArea={setArea}
          remedy={
            chart.state === "empty" ? <Remedy chart={chart} available={available} onChange={set} /> : null
          }
        />
        <RangeStrip
          strip={strip}
          extent={extent}
          window={view.window}
          onWindow={drag}
          css={runCss}
          inset={{ left: area?.left ?? GUTTER, right: area ? width - area.right : GUTTER }}
        />
      </div>
    </section>
  );
}
