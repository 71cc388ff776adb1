"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { formatInteger } from "@/lib/presenters/format/number";
import { MetricPanels } from "./metric-panels";
import { MetricsTable } from "./metrics-table";
import { RawData } from "./raw-data";
import type { ChartAbove } from "./use-panel-frame";

interface Props {
  run: Run;
  project: Project;
  metrics: readonly MetricSummary[];
  data: ChartAbove;
  /** The run's colour, as a CSS value. */
  runCss: string;
  /** Keys on the chart above. */
  shown: readonly string[];
  onToggle: (key: string) => void;
  onStep: (step: number) => void;
}

const VIEWS = [
  { value: "charts", label: "Charts" },
  { value: "figures", label: "Figures" },
  { value: "raw", label: "Raw data" },
] as const;

/** Everything the job logged: as charts, as figures, as it came. */
export function MetricsTab(props: Props) {
  const { run, metrics, data, shown, onToggle, onStep } = props;
  const [search, setUrl] = useUrlState();
  const view = VIEWS.find(({ value }) => value === search.get("view"))?.value ?? "charts";
  const lrKey = data.whole.lr.key;
  if (metrics.length === 0)
    return <EmptyState title="No metric yet">They appear with the job’s first points.</EmptyState>;
  return (
    <div className="flex flex-col gap-3">
      <div role="group" aria-label="Show metrics as" className="flex flex-wrap items-center gap-1">
        {VIEWS.map(({ value, label }) => (
          <Button
            key={value}
            size="small"
            variant={value === view ? "secondary" : "ghost"}
            aria-pressed={value === view}
            onClick={() => setUrl({ view: value === "charts" ? null : value })}
          >
            {label}
          </Button>
        ))}
      </div>
      {run.summary_of === undefined ? null : (
        <p className="text-xs text-muted">
          These are the first {formatInteger(metrics.length)} of {formatInteger(run.summary_of)} metrics by
          name; the API and the exports have them all.
        </p>
      )}
      {view === "charts" ? <MetricPanels {...props} /> : null}
      {view === "figures" ? (
        <MetricsTable metrics={metrics} lrKey={lrKey} shown={shown} onToggle={onToggle} />
      ) : null}
      {view === "raw" ? (
        <RawData run={run} metrics={metrics} first={shown[0] ?? metrics[0]?.key ?? ""} onStep={onStep} />
      ) : null}
    </div>
  );
}
