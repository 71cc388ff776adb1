"use client";

import type { Chart as ChartJs } from "chart.js";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { cn } from "@/components/ui/class-names";
import { onAxis, type ZoomHandlers } from "./zoom-handlers";
import { ChartLegend } from "./chart-legend";
import { DownloadMenu, type ChartActions } from "./download-menu";
import { HoverLayer } from "./hover-layer";
import { ChartCanvas } from "./lazy-canvas";
import type { PlotArea } from "./layers-plugin";
import { SeriesTable } from "./series-table";
import { actOnKey, CHART_KEYS } from "./chart-keys";
import { useCrosshair } from "./use-crosshair";
import { useGestures } from "./use-gestures";

interface Props {
  model: ReadyChart;
  zoom?: ZoomHandlers;
  compact?: boolean;
  /** false: a chart nearby shows the same one. A saved picture has it all the same. */
  legend?: boolean;
  /** Height of the plot, as a class. */
  className?: string;
  /** Before the legend. */
  heading?: ReactNode;
  /** Beside the legend, before the button that saves. */
  aside?: ReactNode;
  /** Before those that save it. */
  actions?: ChartActions;
  onArea?: (area: PlotArea) => void;
}

const NONE: ReadyChart["legend"] = [];

/** A chart with what belongs to every chart: legend, crosshair, zoom by pointer and keyboard, table, download. */
export function ChartFigure({
  model,
  zoom,
  compact = false,
  legend = true,
  className,
  heading,
  aside,
  actions,
  onArea,
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ChartJs<"line"> | null>(null);
  const [area, setArea] = useState<PlotArea | null>(null);
  const [highlight, setHighlight] = useState<string | null>(null);
  const crosshair = useCrosshair(model);
  const { min, max } = model.x;
  const gestures = useGestures(box, area, {
    onPoint: crosshair.pointAt,
    ...(zoom ? onAxis(zoom, model.x) : {}),
  });
  const [placeArea] = useState(() => (next: PlotArea) => {
    setArea((old) => (old && sameArea(old, next) ? old : next));
    onArea?.(next);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (actOnKey(event.key, crosshair, zoom, (min + max) / 2)) event.preventDefault();
  };
  const card = crosshair.card;
  return (
    <figure className="flex flex-col">
      <figcaption className="flex items-start gap-x-3">
        <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
          {heading}
          {(["left", "right"] as const).map((side) => (
            <ChartLegend
              key={side}
              entries={legend ? model.legend.filter((entry) => entry.axis === side) : NONE}
              highlight={highlight}
              onHighlight={setHighlight}
            />
          ))}
        </div>
        <span className="flex shrink-0 items-center text-xs text-muted">
          {model.omitted}
          {aside}
          <DownloadMenu model={model} chart={chart} actions={actions} />
        </span>
      </figcaption>
      <div
        ref={box}
        role="group"
        aria-roledescription="chart"
        aria-label={`${model.title}. ${CHART_KEYS}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => crosshair.pointAt(null)}
        onDoubleClick={zoom?.onReset}
        {...gestures.props}
        className={cn(
          "relative touch-pan-y touch-pinch-zoom rounded select-none",
          zoom && "cursor-crosshair",
          className,
        )}
      >
        <ChartCanvas
          model={model}
          highlight={highlight}
          compact={compact}
          onArea={placeArea}
          chartRef={chart}
        />
        {area && gestures.selection ? <Selection area={area} {...gestures.selection} /> : null}
        {area && card ? (
          <HoverLayer
            model={model}
            card={card}
            area={area}
            guest={crosshair.guest}
            selecting={gestures.selection !== null}
          />
        ) : null}
      </div>
      <SeriesTable table={model.table} />
      <p aria-live="polite" className="sr-only">
        {crosshair.spoken && card ? spoken(card) : ""}
      </p>
    </figure>
  );
}

const spoken = ({ title, rows, notes }: HoverCard): string =>
  [title, ...rows.map((row) => [row.label, row.value, row.beside].filter(Boolean).join(" ")), ...notes].join(
    ", ",
  );

const sameArea = (a: PlotArea, b: PlotArea): boolean =>
  a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;

function Selection({ area, from, to }: { area: PlotArea; from: number; to: number }) {
  const width = area.right - area.left;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute border-x border-accent bg-accent/10"
      style={{
        left: area.left + from * width,
        width: (to - from) * width,
        top: area.top,
        height: area.bottom - area.top,
      }}
    />
  );
}
