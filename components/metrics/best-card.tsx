import { Card } from "@/components/ui/card";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { formatInteger, formatValue, fullPrecision, plural } from "@/lib/presenters/format/number";

interface Props {
  primary: PrimaryMetric | null;
  metrics: readonly MetricSummary[];
  /** Checks that have passed since the best one, when a plateau policy counts them. */
  checksSince: number | null;
}

/** The best value so far, where, and how long ago that is. */
export function BestCard({ primary, metrics, checksSince }: Props) {
  const summary = primary && metrics.find((metric) => metric.key === primary.key);
  if (!primary || !summary) {
    return (
      <Card title="Best">
        <p className="text-sm text-muted">No metric yet.</p>
      </Card>
    );
  }
  const value = primary.mode === "min" ? summary.min : summary.max;
  const step = primary.mode === "min" ? summary.min_step : summary.max_step;
  return (
    <Card title={`Best ${primary.key}`} aside={<span className="text-xs text-muted">{primary.mode}</span>}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-xl font-semibold tabular-nums" title={fullPrecision(value)}>
          {formatValue(value)}
        </span>
        {step === null ? null : (
          <span className="text-sm text-muted tabular-nums">at step {formatInteger(step)}</span>
        )}
      </p>
      <p className="text-sm text-muted tabular-nums">
        {step === null ? "No finite value." : since(summary.last_step - step, checksSince)}
      </p>
    </Card>
  );
}

function since(steps: number, checks: number | null): string {
  if (steps === 0) return "the latest value is the best";
  return checks === null ? `${plural(steps, "step")} ago` : `${plural(checks, "check")} ago`;
}
