"use client";

import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { ParallelLine, ParallelPlot } from "@/lib/presenters/compare/parallel-plot";

const HEIGHT = 240;
const STRIDE = 100;

const pathOf = ({ places }: ParallelLine): string => {
  let pen = "M";
  return places.reduce<string>((path, place, i) => {
    if (place === null) {
      pen = "M";
      return path;
    }
    const next = `${path}${pen}${i * STRIDE} ${((1 - place) * HEIGHT).toFixed(1)}`;
    pen = "L";
    return next;
  }, "");
};

/** The ends of an axis stand beyond it, where no line runs; what lies between stands beside it. */
function tickPlace(place: number, isLast: boolean): string {
  if (place === 1) return "-translate-x-1/2 -translate-y-[calc(100%+2px)]";
  if (place === 0) return "-translate-x-1/2 translate-y-0.5";
  return cn("-translate-y-1/2 rounded-sm bg-ground/80 px-0.5", isLast ? "right-1.5" : "left-1.5");
}

/** A line a run through what the runs differ in. Pointing at a line names the run. */
export function Parallel({ plot }: { plot: ParallelPlot }) {
  const [over, setOver] = useState<string | null>(null);
  const width = (plot.axes.length - 1) * STRIDE;
  const named = plot.lines.find(({ id }) => id === over);
  return (
    <div
      role="region"
      aria-label="Parallel coordinates"
      tabIndex={0}
      className="overflow-x-auto px-12 pt-6 pb-1"
    >
      <div className="relative" style={{ minWidth: plot.axes.length * 76 }}>
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-[240px] w-full overflow-visible"
          role="img"
          aria-label={`${plot.lines.length} runs over ${plot.axes.map(({ label }) => label).join(", ")}`}
        >
          {plot.axes.map(({ id }, i) => (
            <line
              key={id}
              x1={i * STRIDE}
              x2={i * STRIDE}
              y1={0}
              y2={HEIGHT}
              stroke="var(--line-strong)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {plot.lines.map((line) => (
            <path
              key={line.id}
              d={pathOf(line)}
              fill="none"
              stroke={line.css}
              strokeWidth={line.id === over ? 2.5 : 1.25}
              opacity={over === null ? 0.6 : line.id === over ? 1 : 0.15}
              vectorEffect="non-scaling-stroke"
              onPointerEnter={() => setOver(line.id)}
              onPointerLeave={() => setOver(null)}
            />
          ))}
        </svg>
        {plot.axes.map((axis, i) => (
          <div
            key={axis.id}
            className="pointer-events-none absolute top-0 h-[240px] text-xs text-muted tabular-nums"
            style={{ left: `${(i / Math.max(1, plot.axes.length - 1)) * 100}%` }}
          >
            {axis.ticks.map(({ place, label }) => (
              <span
                key={place}
                className={cn("absolute whitespace-nowrap", tickPlace(place, i === plot.axes.length - 1))}
                style={{ top: `${(1 - place) * 100}%` }}
              >
                {label}
              </span>
            ))}
          </div>
        ))}
        <div className="relative mt-6 h-5 text-xs font-medium">
          {plot.axes.map((axis, i) => (
            <span
              key={axis.id}
              className="absolute max-w-24 -translate-x-1/2 truncate"
              style={{ left: `${(i / Math.max(1, plot.axes.length - 1)) * 100}%` }}
              title={axis.label}
            >
              {axis.label}
            </span>
          ))}
        </div>
        <p className="h-4 text-xs text-muted">{named ? named.name : plot.omitted}</p>
      </div>
    </div>
  );
}
