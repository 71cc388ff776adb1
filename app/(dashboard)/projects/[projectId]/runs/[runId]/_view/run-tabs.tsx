"use client";

import { toNumber } from "@/lib/contracts/common";
import { AuditTab } from "@/components/audit/audit-tab";
import { EventsList } from "@/components/events/events-list";
import { MetricsTable } from "@/components/metrics/metrics-table";
import type { OverlayData } from "@/components/overlay/use-overlay-data";
import { PlateauTab } from "@/components/plateau/plateau-tab";
import { Tabs, type Tab } from "@/components/ui/tabs";
import type { ControlRequest } from "@/lib/contracts/control";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { ConfigTab } from "./config-tab";
import { ControlTab } from "./control-tab";
import { OverviewTab } from "./overview-tab";

interface Props {
  tab: string;
  onTab: (tab: string) => void;
  /** Shows a stretch of steps on the chart. */
  onSteps: (from: number, to: number) => void;
  run: Run;
  metrics: readonly MetricSummary[];
  policies: readonly PlateauPolicyState[];
  requests: readonly ControlRequest[];
  data: OverlayData;
  primary: PrimaryMetric | null;
  words: string | null;
}

export function RunTabs(props: Props) {
  const { tab, onTab } = props;
  const tabs = tabsOf(props);
  const known = tabs.some(({ value }) => value === tab) ? tab : "overview";
  return (
    <div className="mt-2 min-h-80">
      <Tabs label="About the run" tabs={tabs} value={known} onChange={onTab} />
    </div>
  );
}

function tabsOf({ onTab, onSteps, run, metrics, policies, requests, data, primary, words }: Props): Tab[] {
  const { whole, overlay, view, set } = data;
  const last = whole.lr.actual?.points.at(-1);
  const shown = view.metrics ?? overlay.metrics.map((metric) => metric.key);
  const toggle = (key: string) =>
    set({ metrics: shown.includes(key) ? shown.filter((other) => other !== key) : [...shown, key] });
  return [
    {
      value: "overview",
      label: "Overview",
      content: <OverviewTab run={run} words={words} onConfig={() => onTab("config")} />,
    },
    {
      value: "audit",
      label: "Schedule & audit",
      content: <AuditTab audit={whole.audit} schedule={run.schedule} words={words} onShow={onSteps} />,
    },
    {
      value: "plateau",
      label: "Plateau",
      content: (
        <PlateauTab
          runId={run.id}
          policies={policies}
          metric={primary?.key ?? null}
          onStep={(step) => onSteps(step, step)}
        />
      ),
    },
    {
      value: "control",
      label: counted("Control", requests.length),
      content: <ControlTab run={run} requests={requests} lr={last ? toNumber(last.last) : null} />,
    },
    {
      value: "metrics",
      label: counted("Metrics", metrics.length),
      content: <MetricsTable metrics={metrics} lrKey={whole.lr.key} shown={shown} onToggle={toggle} />,
    },
    { value: "config", label: "Config", content: <ConfigTab config={run.config} /> },
    {
      value: "events",
      label: counted("Events", whole.events.length),
      content: <EventsList events={whole.events} onStep={onSteps} />,
    },
  ];
}

const counted = (name: string, count: number) => (
  <>
    {name}
    {count > 0 ? <span className="ml-1 text-muted tabular-nums">{count}</span> : null}
  </>
);
