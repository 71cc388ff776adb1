"use client";

import dynamic from "next/dynamic";
import { AuditTab } from "@/components/audit/audit-tab";
import { HealthList } from "@/components/audit/health-list";
import { EventsList } from "@/components/events/events-list";
import type { OverlayData } from "@/components/overlay/use-overlay-data";
import { PlateauTab } from "@/components/plateau/plateau-tab";
import { Skeleton } from "@/components/ui/skeleton";
import { PageTabs, type Tab } from "@/components/ui/tabs";
import type { ControlRequest } from "@/lib/contracts/control";
import type { HealthNotes } from "@/lib/contracts/health-notes";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { PlateauPolicyState, PolicyEdit } from "@/lib/contracts/plateau";
import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { runDesignHref } from "@/lib/presenters/schedules/run-design";
import { ConfigTab } from "./config-tab";
import { ControlTab } from "./control-tab";
import { OverviewTab } from "./overview-tab";

/** Not what the page opens with. */
const MetricsTab = dynamic(
  () => import("@/components/metrics/metrics-tab").then((module) => module.MetricsTab),
  { loading: () => <Skeleton className="h-96" /> },
);

interface Props {
  tab: string;
  onTab: (tab: string) => void;
  /** How often a tab was asked for. */
  asked: number;
  /** Shows a stretch of steps on the chart. */
  onSteps: (from: number, to: number) => void;
  run: Run;
  project: Project;
  runCss: string;
  metrics: readonly MetricSummary[];
  policies: readonly PlateauPolicyState[];
  edits: readonly PolicyEdit[];
  requests: readonly ControlRequest[];
  data: OverlayData;
  primary: PrimaryMetric | null;
  words: string | null;
  health: HealthNotes;
}

export function RunTabs(props: Props) {
  const { tab, onTab, asked } = props;
  const tabs = tabsOf(props);
  const known = tabs.some(({ value }) => value === tab) ? tab : "overview";
  return <PageTabs label="About the run" tabs={tabs} value={known} onChange={onTab} asked={asked} />;
}

function tabsOf({
  onTab,
  onSteps,
  run,
  project,
  runCss,
  metrics,
  policies,
  edits,
  requests,
  data,
  primary,
  words,
  health,
}: Props): Tab[] {
  const { whole, overlay, view, set } = data;
  const shown = view.metrics ?? overlay.metrics.map((metric) => metric.key);
  const designHref = run.schedule && runDesignHref(run, [{ schedule: run.schedule }]);
  const toggle = (key: string) =>
    set({ metrics: shown.includes(key) ? shown.filter((other) => other !== key) : [...shown, key] });
  return [
    {
      value: "overview",
      label: "Overview",
      content: (
        <>
          <HealthList run={run} initial={health} onSteps={onSteps} />
          <OverviewTab {...{ run, words, designHref, primary }} onConfig={() => onTab("config")} />
        </>
      ),
    },
    {
      value: "audit",
      label: "Schedule & audit",
      content: (
        <AuditTab
          audit={whole.audit}
          schedule={run.schedule_source === "declared" ? run.schedule : null}
          words={words}
          designHref={designHref}
          onShow={onSteps}
        />
      ),
    },
    {
      value: "plateau",
      label: "Plateau",
      content: (
        <PlateauTab
          run={run}
          policies={policies}
          metrics={metrics.map(({ key }) => key).filter((key) => key !== whole.lr.key)}
          primary={primary}
          onStep={(step) => onSteps(step, step)}
        />
      ),
    },
    {
      value: "control",
      label: counted("Control", requests.length),
      content: <ControlTab run={run} requests={requests} lr={whole.lr} />,
    },
    {
      value: "metrics",
      label: counted("Metrics", metrics.length),
      content: (
        <MetricsTab
          {...{ run, project, metrics, data, runCss, shown }}
          onToggle={toggle}
          onStep={(step) => onSteps(step, step)}
        />
      ),
    },
    { value: "config", label: "Config", content: <ConfigTab run={run} /> },
    {
      value: "events",
      label: counted("Events", whole.events.length + edits.length),
      content: <EventsList events={whole.events} edits={edits} requests={requests} onStep={onSteps} />,
    },
  ];
}

const counted = (name: string, count: number) => (
  <>
    {name}
    {count > 0 ? <span className="ml-1 text-muted tabular-nums">{count}</span> : null}
  </>
);
