"use client";

import { useQuery } from "@tanstack/react-query";
import { sparkQuery } from "@/lib/client/runs/row-queries";
import type { SeriesPoint } from "@/lib/contracts/metrics";
import { pointsPath } from "@/lib/presenters/charts/sparkline";
import type { RunRow } from "@/lib/presenters/runs/run-row";

const WIDTH = 88;
const HEIGHT = 18;
const MARGIN = 1.5;

interface Props {
  row: RunRow;
  metric: string;
  scale: "linear" | "log";
  css: string;
}

/** The metric in the run's colour over its logged LR: what went down when. */
export function RunSpark({ row, metric, scale, css }: Props) {
  const { data } = useQuery(sparkQuery(row.id, metric, row.run.lr_metric));
  const ends = [...(data?.metric ?? []), ...(data?.lr ?? [])].map(({ step }) => step);
  const x = { min: Math.min(0, ...ends), max: Math.max(1, ...ends) };
  const draw = (points: readonly SeriesPoint[], height: (value: number) => number) =>
    pointsPath(
      points.map(({ step, last }) => ({ x: step, y: typeof last === "number" ? height(last) : null })),
      x,
      WIDTH - 2 * MARGIN,
      HEIGHT - 2 * MARGIN,
    );
  const height = (value: number) => (scale === "log" && value > 0 ? Math.log(value) : value);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-[18px] w-[88px]" aria-hidden>
      <g transform={`translate(${MARGIN} ${MARGIN})`} fill="none" strokeLinejoin="round">
        <path d={draw(data?.lr ?? [], (value) => value)} stroke="var(--faint)" strokeWidth={1} />
        <path d={draw(data?.metric ?? [], height)} stroke={css} strokeWidth={1.5} />
      </g>
    </svg>
  );
}
