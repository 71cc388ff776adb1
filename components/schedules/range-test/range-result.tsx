"use client";

import { useMemo, useState } from "react";
import { ChartEmpty } from "@/components/charts/chart-empty";
import { ChartFigure } from "@/components/charts/chart-figure";
import type { PlotArea } from "@/components/charts/layers-plugin";
import { Status } from "@/components/ui/badge";
import { Select } from "@/components/ui/select";
import type { RangeTestResult } from "@/lib/contracts/range-test";
import type { ScaleKind } from "@/lib/presenters/charts/chart-model";
import { formatLr } from "@/lib/presenters/format/number";
import { presentRangeChart } from "@/lib/presenters/schedules/range-chart";
import { SuggestionTable } from "./suggestion-table";

const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;

const HEIGHT = "h-[320px] md:h-[420px]";

/** The curve with its zones, and what each method makes of it. */
export function RangeResult({ result }: { result: RangeTestResult }) {
  const [scale, setScale] = useState<ScaleKind>("linear");
  const [area, setArea] = useState<PlotArea | null>(null);
  const width = area ? area.right - area.left : 720;
  const chart = useMemo(() => presentRangeChart(result, scale, width), [result, scale, width]);
  return (
    <div className="flex flex-col gap-4">
      <div role="status" className="flex flex-wrap items-baseline gap-x-3">
        {result.recommended ? (
          <span className="text-xl font-semibold tabular-nums">{formatLr(result.recommended.lr)}</span>
        ) : (
          <Status tone="recommended" shape="triangle">
            no suggestion
          </Status>
        )}
        <p className="max-w-prose text-sm text-pretty text-muted">{result.message}</p>
      </div>
      {chart.state === "empty" ? (
        <div className={`relative ${HEIGHT}`}>
          <ChartEmpty chart={chart} />
        </div>
      ) : (
        <ChartFigure
          model={chart}
          compact={width < 560}
          className={HEIGHT}
          onArea={setArea}
          aside={
            <Select
              label="loss axis"
              value={scale}
              options={SCALES}
              onChange={setScale}
              className="mr-1 h-7"
            />
          }
        />
      )}
      <SuggestionTable result={result} />
    </div>
  );
}
