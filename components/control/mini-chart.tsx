import { cn } from "@/components/ui/class-names";
import { type MiniChart as Model, miniPath, shareX } from "@/lib/presenters/control/mini-chart";

interface Props {
  chart: Model;
  className?: string;
}

const percent = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** Lines on one scale, cut off at its ends, a shaded stretch and marked moments; as wide as its box, 72 px high. */
export function MiniChart({ chart, className }: Props) {
  const { band, ends, lines, marks, summary } = chart;
  return (
    <figure className={cn("flex flex-col gap-1", className)}>
      <div className="flex gap-2">
        <div role="img" aria-label={summary} className="relative h-18 min-w-0 flex-1 border-y border-line">
          {band ? (
            <span
              className="absolute inset-y-0 bg-recommended-soft"
              style={{ left: percent(shareX(chart, band.from)), right: percent(1 - shareX(chart, band.to)) }}
            />
          ) : null}
          {marks.map(({ x, label, ink }) => (
            <span
              key={label}
              className="absolute inset-y-0 border-l border-dashed"
              style={{ left: percent(shareX(chart, x)), borderColor: ink }}
            />
          ))}
          <svg
            viewBox="0 0 1000 1000"
            preserveAspectRatio="none"
            className="absolute inset-x-0 inset-y-1 h-[calc(100%-8px)] w-full overflow-hidden"
            aria-hidden
          >
            {lines.map((line) => (
              <path
                key={line.name}
                d={miniPath(chart, line)}
                fill="none"
                stroke={line.ink}
                strokeWidth={1.5}
                strokeDasharray={line.dash}
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
        </div>
        <div
          aria-hidden
          className="flex min-w-10 flex-col justify-between font-mono text-xs leading-4 text-muted tabular-nums"
        >
          <span>{ends.top}</span>
          <span>{ends.bottom}</span>
        </div>
      </div>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted tabular-nums">
        {lines.map(({ name, dash, ink }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 20 2" className="h-0.5 w-5" aria-hidden>
              <path d="M0 1H20" stroke={ink} strokeWidth={2} strokeDasharray={dash} />
            </svg>
            {name}
          </span>
        ))}
        {marks.map(({ label, ink }) => (
          <span key={label} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="h-3 border-l border-dashed" style={{ borderColor: ink }} />
            {label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
