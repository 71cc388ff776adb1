"use client";

import type { Chart as ChartJs } from "chart.js";
import { memo, useLayoutEffect, useMemo, useState, type RefObject } from "react";
import { Chart } from "react-chartjs-2";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import "./register";
import { lineOptions } from "./chart-options";
import { createLayers, type PlotArea } from "./layers-plugin";
import type { Look } from "./look";
import { createPaint } from "./paint";
import { useTheme } from "./use-theme";

interface Props {
  model: ReadyChart;
  highlight: string | null;
  compact: boolean;
  onArea: (area: PlotArea) => void;
  chartRef: RefObject<ChartJs<"line"> | null>;
}

/** The layers draw what Chart.js only lays out. */
const NO_DATASETS = { datasets: [] };

/**
 * Draws a model. The canvas fills its box, which must be positioned; updates happen in place, and a crosshair that moves
 * over it is none.
 */
export const ChartCanvas = memo(function ChartCanvas({ model, highlight, compact, onArea, chartRef }: Props) {
  const theme = useTheme();
  const look = useMemo<Look>(() => {
    const font = typeof document === "undefined" ? "sans-serif" : getComputedStyle(document.body).fontFamily;
    return { paint: createPaint(), font, highlight, compact, theme };
  }, [theme, highlight, compact]);
  const [layers] = useState(() => createLayers(onArea));
  // Before the chart's own effects, which draw.
  useLayoutEffect(() => layers.show(model, look), [layers, model, look]);
  const options = useMemo(() => lineOptions(model, look), [model, look]);
  return (
    <Chart
      ref={(chart: ChartJs<"line"> | null | undefined) => {
        chartRef.current = chart ?? null;
      }}
      type="line"
      data={NO_DATASETS}
      options={options}
      plugins={[layers.plugin]}
      updateMode="none"
      aria-label={`${model.title}. ${model.summary}`}
      className="absolute inset-0"
    />
  );
});
