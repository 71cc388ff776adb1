import { inkCss } from "@/components/charts/chart-legend";
import { cn } from "@/components/ui/class-names";
import type { IntervalPlot, TargetRow } from "@/lib/presenters/compare/interval-plot";
import { JoinLines, JoinNote, joinsWidth } from "./join-lines";

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** Means with their intervals, and the runs as small strokes: whether groups overlap is seen before it is read. */
export function IntervalPanel({ plot }: { plot: IntervalPlot }) {
  return (
    <div>
      <ul className="flex flex-col">
        {plot.rows.map((row) => (
          <li
            key={row.key}
            className="grid h-7 grid-cols-[7rem_auto_minmax(0,1fr)_3.5rem] items-center gap-x-3 text-sm"
          >
            <span className="flex min-w-0 items-center gap-1.5">
              <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: row.css }} />
              <span className="truncate" title={row.label}>
                {row.label}
              </span>
            </span>
            <JoinLines marks={row.joins} />
            <span aria-hidden title={row.note ?? undefined} className="relative h-5">
              <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
              {row.dots.map((place, i) => (
                <span
                  key={i}
                  className="absolute top-1/2 h-2.5 w-px -translate-y-1/2"
                  style={{ left: percent(place), background: inkCss({ css: row.css, alpha: 0.7 }) }}
                />
              ))}
              {row.interval ? (
                <span
                  className={cn(
                    "absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full",
                    row.cut.low && "rounded-l-none",
                    row.cut.high && "rounded-r-none",
                  )}
                  style={{
                    left: percent(row.interval.low),
                    width: percent(row.interval.high - row.interval.low),
                    background: inkCss({ css: row.css, alpha: 0.45 }),
                  }}
                />
              ) : null}
              {row.mean === null ? null : (
                <span
                  className="absolute top-1/2 size-2.5 -translate-1/2 rounded-full border-2 border-ground"
                  style={{ left: percent(row.mean), background: row.css }}
                />
              )}
            </span>
            <span className="text-right font-medium tabular-nums">
              {row.text}
              <span className="sr-only">, {row.note}</span>
            </span>
          </li>
        ))}
      </ul>
      <div
        aria-hidden
        style={{ marginLeft: `calc(8.5rem + ${joinsWidth(plot.rows[0]?.joins.length ?? 0)}px)` }}
        className="relative mt-1 mr-[4.25rem] h-4 border-t border-line text-xs text-muted tabular-nums"
      >
        {plot.ticks.map(({ place, label }) => (
          <span key={label} className="absolute -translate-x-1/2" style={{ left: percent(place) }}>
            {label}
          </span>
        ))}
      </div>
      {plot.omitted ? <p className="mt-1 text-xs text-muted">{plot.omitted}</p> : null}
      <JoinNote rows={plot.rows} />
    </div>
  );
}

/** How long each group took, the quickest first. */
export function TargetBars({ rows, omitted }: { rows: readonly TargetRow[]; omitted: string | null }) {
  return (
    <div>
      <ul className="flex flex-col">
        {rows.map((row) => (
          <li key={row.key} className="grid h-6 grid-cols-[7rem_minmax(0,1fr)] items-center gap-x-3 text-sm">
            <span className="truncate" title={row.label}>
              {row.label}
            </span>
            <span className="flex min-w-0 items-center gap-2">
              {row.share === null ? null : (
                <span
                  aria-hidden
                  className="h-3 min-w-0.5 shrink-0 rounded-r-sm"
                  style={{ width: `${(row.share * 42).toFixed(2)}%`, background: row.css }}
                />
              )}
              <span className="font-medium whitespace-nowrap tabular-nums">{row.text}</span>
              <span aria-hidden className="truncate text-xs text-muted tabular-nums" title={row.note}>
                {row.brief}
              </span>
              <span className="sr-only">{row.note}</span>
            </span>
          </li>
        ))}
      </ul>
      {omitted ? <p className="mt-1 text-xs text-muted">{omitted}</p> : null}
    </div>
  );
}
