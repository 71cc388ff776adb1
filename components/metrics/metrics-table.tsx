"use client";

import { ChartLine, Check } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { cn } from "@/components/ui/class-names";
import type { MetricSummary } from "@/lib/contracts/metrics";
import {
  formatCount,
  formatInteger,
  formatLr,
  formatValue,
  fullPrecision,
  plural,
} from "@/lib/presenters/format/number";

interface Props {
  metrics: readonly MetricSummary[];
  /** The metric that is drawn on the right axis anyway. */
  lrKey: string | null;
  /** Keys on the chart. */
  shown: readonly string[];
  onToggle: (key: string) => void;
}

const HEAD = [
  "metric",
  "points",
  "last",
  "min",
  "at step",
  "max",
  "at step",
  "last step",
  "not finite",
] as const;
const CELL = "h-8 px-3 text-right whitespace-nowrap tabular-nums";

/** All metrics with their figures; a click puts one on the chart or takes it off. */
export function MetricsTable({ metrics, lrKey, shown, onToggle }: Props) {
  if (metrics.length === 0)
    return <EmptyState title="No metric yet">They appear with the job's first points.</EmptyState>;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Metrics">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {HEAD.map((head, i) => (
              <th
                key={`${head} ${i}`}
                scope="col"
                className={cn("h-8 px-3 font-medium", i === 0 ? "text-left" : "text-right")}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <MetricRow
              key={metric.key}
              metric={metric}
              on={shown.includes(metric.key)}
              onToggle={metric.key === lrKey ? null : onToggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  metric: MetricSummary;
  on: boolean;
  /** null: it is the LR, which cannot be put on the left axis. */
  onToggle: Props["onToggle"] | null;
}

function MetricRow({ metric, on, onToggle }: RowProps) {
  const format = onToggle ? formatValue : formatLr;
  return (
    <tr className="border-b border-line hover:bg-surface">
      <th scope="row" className="h-8 px-1 text-left font-normal whitespace-nowrap">
        {onToggle ? (
          <ToggleButton name={metric.key} on={on} onClick={() => onToggle(metric.key)} />
        ) : (
          <span className="flex h-7 items-center gap-2 px-2">
            <Check size={14} aria-hidden className="text-faint" />
            {metric.key} <span className="text-muted">right axis</span>
          </span>
        )}
      </th>
      <td className={CELL} title={formatInteger(metric.count)}>
        {formatCount(metric.count)}
      </td>
      <td className={CELL} title={fullPrecision(metric.last)}>
        {format(metric.last)}
      </td>
      <td className={CELL} title={fullPrecision(metric.min)}>
        {format(metric.min)}
      </td>
      <td className={cn(CELL, "text-muted")}>
        {metric.min_step === null ? "" : formatInteger(metric.min_step)}
      </td>
      <td className={CELL} title={fullPrecision(metric.max)}>
        {format(metric.max)}
      </td>
      <td className={cn(CELL, "text-muted")}>
        {metric.max_step === null ? "" : formatInteger(metric.max_step)}
      </td>
      <td className={cn(CELL, "text-muted")}>{formatInteger(metric.last_step)}</td>
      <td className={cn(CELL, "text-failed")}>{nonFinite(metric)}</td>
    </tr>
  );
}

function ToggleButton({ name, on, onClick }: { name: string; on: boolean; onClick: () => void }) {
  const Icon = on ? Check : ChartLine;
  return (
    <button
      type="button"
      aria-pressed={on}
      title={on ? "Remove from the chart" : "Add to the chart"}
      onClick={onClick}
      className="flex h-7 items-center gap-2 rounded px-2 hover:bg-active"
    >
      <Icon size={14} aria-hidden className={on ? "text-accent" : "text-faint"} />
      {name}
    </button>
  );
}

function nonFinite({ nan, pos_inf, neg_inf }: MetricSummary): string {
  const parts = [
    nan > 0 ? plural(nan, "NaN", "NaN") : "",
    pos_inf > 0 ? `${pos_inf} +∞` : "",
    neg_inf > 0 ? `${neg_inf} −∞` : "",
  ];
  return parts.filter(Boolean).join(", ");
}
