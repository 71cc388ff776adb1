import { FigureRow } from "@/components/ui/figure-row";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { formatInteger, formatValue, fullPrecision, plural } from "@/lib/presenters/format/number";
import { bestPoint } from "@/lib/presenters/metrics/best-point";

interface Props {
  primary: PrimaryMetric | null;
  metrics: readonly MetricSummary[];
}

/** The best value so far, where, and how long ago that is; nothing before the metric has a value. */
export function BestCard({ primary, metrics }: Props) {
  const summary = primary && metrics.find((metric) => metric.key === primary.key);
  if (!primary || !summary) return null;
  const best = bestPoint(summary, primary.mode);
  return (
    <FigureRow
      title={`Best ${primary.key}`}
      aside={<span className="text-xs text-muted">{primary.mode}</span>}
    >
      {best === null ? (
        <p className="text-sm text-muted">No finite value.</p>
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-xl font-semibold tabular-nums" title={fullPrecision(best.value)}>
              {formatValue(best.value)}
            </span>
            <span className="text-sm text-muted tabular-nums">at step {formatInteger(best.step)}</span>
          </p>
          <p className="text-sm text-muted tabular-nums">
            {best.ago === 0 ? "the latest value is the best" : `${plural(best.ago, "step")} ago`}
          </p>
        </>
      )}
    </FigureRow>
  );
}
