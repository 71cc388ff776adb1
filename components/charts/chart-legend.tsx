"use client";

import { useState } from "react";
import type { Ink, LegendEntry } from "@/lib/presenters/charts/chart-model";
import { cn } from "@/components/ui/class-names";
import { MiddleText } from "@/components/ui/middle-text";

/** An ink as CSS, for what is not on the canvas. */
export const inkCss = ({ css, alpha }: Ink): string =>
  alpha === 1 ? css : `color-mix(in srgb, ${css} ${Math.round(alpha * 100)}%, transparent)`;

interface SwatchProps {
  ink: Ink;
  dash: readonly number[];
  width?: number;
  area?: boolean;
}

/** A short piece of the line itself. */
export function Swatch({ ink, dash, width = 1.75, area = false }: SwatchProps) {
  const color = inkCss(ink);
  return (
    <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden className="shrink-0">
      {area ? (
        <rect x="1" y="1" width="20" height="8" rx="1" fill={color} stroke={color} />
      ) : (
        <line
          x1="0"
          x2="22"
          y1="5"
          y2="5"
          stroke={color}
          strokeWidth={width}
          strokeDasharray={dash.join(" ")}
        />
      )}
    </svg>
  );
}

interface Props {
  entries: readonly LegendEntry[];
  highlight: string | null;
  onHighlight: (series: string | null) => void;
}

/** Beyond so many a legend is a wall; the others are behind a button that says how many they are. */
const ENTRIES = 12;

/** Pointing at an entry, or focusing it, dims the others on the chart. */
export function ChartLegend({ entries, highlight, onHighlight }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, ENTRIES);
  return (
    <ul className="flex flex-wrap gap-x-3 text-xs text-muted">
      {shown.map((entry) => (
        <li key={entry.series}>
          <button
            type="button"
            aria-label={entry.label}
            title={entry.label}
            onPointerEnter={() => onHighlight(entry.series)}
            onPointerLeave={() => onHighlight(null)}
            onFocus={() => onHighlight(entry.series)}
            onBlur={() => onHighlight(null)}
            className={cn(
              "flex h-6 max-w-60 items-center gap-1.5 rounded px-1 transition-opacity hover:text-ink",
              highlight !== null && highlight !== entry.series && "opacity-50",
            )}
          >
            <Swatch {...entry} />
            <MiddleText text={entry.label} />
          </button>
        </li>
      ))}
      {entries.length > ENTRIES ? (
        <li>
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll(!all)}
            className="flex h-6 items-center rounded px-1 tabular-nums underline underline-offset-2 hover:text-ink"
          >
            {all ? "show fewer" : `${ENTRIES} of ${entries.length} named, show all`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
