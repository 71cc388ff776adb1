"use client";

import { type ComponentProps, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { ChartCanvas as Canvas } from "@/components/charts/chart-canvas";
import { actOnKey, CHART_KEYS } from "@/components/charts/chart-keys";
import { ChartLegend } from "@/components/charts/chart-legend";
import { DownloadMenu } from "@/components/charts/download-menu";
import { HoverLayer } from "@/components/charts/hover-layer";
import { ChartCanvas } from "@/components/charts/lazy-canvas";
import type { PlotArea } from "@/components/charts/layers-plugin";
import { SeriesTable } from "@/components/charts/series-table";
import { useCrosshair } from "@/components/charts/use-crosshair";
import { useGestures } from "@/components/charts/use-gestures";
import { onAxis, type ZoomHandlers } from "@/components/charts/zoom-handlers";
import { cn } from "@/components/ui/class-names";
import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";

type ChartRef = ComponentProps<typeof Canvas>["chartRef"];

interface Props {
  /** With the legend, the table and the files. */
  upper: ReadyChart;
  /** On the same x: the crosshair and the zoom are one. */
  lower: ReadyChart | null;
  zoom: ZoomHandlers;
  /** Between the legend and the buttons. */
  aside?: ReactNode;
  /** On top of the upper plot, whose place it is given. */
  over?: (area: PlotArea) => ReactNode;
}

/** Two charts of the same steps, one under the other, with one crosshair through both. */
export function LinkedPlots({ upper, lower, zoom, aside, over }: Props) {
  const chart = useRef<ChartRef["current"]>(null);
  const lowerChart = useRef<ChartRef["current"]>(null);
  const [highlight, setHighlight] = useState<string | null>(null);
  const crosshair = useCrosshair(upper);
  const { card } = crosshair;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (actOnKey(event.key, crosshair, zoom, (upper.x.min + upper.x.max) / 2)) event.preventDefault();
  };
  const shared = { zoom, highlight, onKeyDown, onPoint: crosshair.pointAt };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-x-3">
        <div className="min-h-8 min-w-0 flex-1">
          <ChartLegend entries={upper.legend} highlight={highlight} onHighlight={setHighlight} />
        </div>
        <span className="flex shrink-0 items-center text-xs text-muted">
          {upper.omitted}
          {aside}
          <DownloadMenu model={upper} chart={chart} />
        </span>
      </div>
      <Plot {...shared} model={upper} card={card} chart={chart} over={over} className="h-72 md:h-80" />
      {lower ? (
        <Plot
          {...shared}
          model={lower}
          card={card && lower.hoverAt(card.x)}
          chart={lowerChart}
          className="h-36"
        />
      ) : null}
      <SeriesTable table={upper.table} />
      <p aria-live="polite" className="sr-only">
        {crosshair.spoken && card ? spoken(card) : ""}
      </p>
    </div>
  );
}

const spoken = ({ title, rows }: HoverCard): string =>
  [title, ...rows.map((row) => `${row.label} ${row.value}`)].join(", ");

interface PlotProps {
  model: ReadyChart;
  card: HoverCard | null;
  chart: ChartRef;
  zoom: ZoomHandlers;
  highlight: string | null;
  onKeyDown: (event: KeyboardEvent) => void;
  onPoint: (share: number | null) => void;
  over?: (area: PlotArea) => ReactNode;
  className: string;
}

function Plot({ model, card, chart, zoom, highlight, onKeyDown, onPoint, over, className }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState<PlotArea | null>(null);
  const gestures = useGestures(box, area, { onPoint, ...onAxis(zoom, model.x) });
  const [placeArea] = useState(() => (next: PlotArea) => {
    setArea((old) => (old && sameArea(old, next) ? old : next));
  });
  return (
    <div className="relative">
      <div
        ref={box}
        role="group"
        aria-roledescription="chart"
        aria-label={`${model.title}. ${CHART_KEYS}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => onPoint(null)}
        onDoubleClick={zoom.onReset}
        {...gestures.props}
        className={cn(
          "relative cursor-crosshair touch-pan-y touch-pinch-zoom rounded select-none",
          className,
        )}
      >
        <ChartCanvas
          model={model}
          highlight={highlight}
          compact={false}
          onArea={placeArea}
          chartRef={chart}
        />
        {area && gestures.selection ? (
          <div
            aria-hidden
            className="pointer-events-none absolute border-x border-accent bg-accent/10"
            style={{
              left: area.left + gestures.selection.from * (area.right - area.left),
              width: (gestures.selection.to - gestures.selection.from) * (area.right - area.left),
              top: area.top,
              height: area.bottom - area.top,
            }}
          />
        ) : null}
        {area && card ? (
          <HoverLayer
            model={model}
            card={card}
            area={area}
            guest={false}
            selecting={gestures.selection !== null}
          />
        ) : null}
      </div>
      {area && over ? over(area) : null}
    </div>
  );
}

const sameArea = (a: PlotArea, b: PlotArea): boolean =>
  a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;
