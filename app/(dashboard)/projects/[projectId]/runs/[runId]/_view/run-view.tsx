"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { AuditBanner } from "@/components/audit/audit-banner";
import { InferredSchedule } from "@/components/audit/inferred-schedule";
import { CrosshairLink } from "@/components/charts/crosshair-link";
import { BestCard } from "@/components/metrics/best-card";
import { metricsQuery } from "@/components/metrics/queries";
import { LrCard } from "@/components/overlay/lr-card";
import { OverlayPanel } from "@/components/overlay/overlay-panel";
import { useOverlayData, type InitialOverlay } from "@/components/overlay/use-overlay-data";
import { PlateauCard } from "@/components/plateau/plateau-card";
import { plateauQuery } from "@/components/plateau/queries";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { ControlRequest } from "@/lib/contracts/control";
import type { HealthNotes } from "@/lib/contracts/health-notes";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { PlateauState } from "@/lib/contracts/plateau";
import type { Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { aroundWindow, runExtent } from "@/lib/presenters/charts/zoom";
import { choosePrimary } from "@/lib/presenters/runs/primary-metric";
import { ControlCard } from "./control-card";
import { runControlQuery, runQuery } from "./queries";
import { RunHeader } from "./run-header";
import { RunTabs } from "./run-tabs";

export interface RunPageData {
  run: Run;
  overlay: InitialOverlay;
  metrics: MetricSummary[];
  plateau: PlateauState;
  control: ControlRequest[];
  health: HealthNotes;
  project: Project;
  /** The schedule in words; null without one. */
  words: string | null;
  /** The run's colour, as a CSS value. */
  runCss: string;
}

/** A run: its chart first, then where it stands, then everything else. */
export function RunView(initial: RunPageData) {
  const { id } = initial.run;
  const { data: run } = useQuery({ ...runQuery(id), initialData: initial.run });
  const { items: metrics } = useQuery({
    ...metricsQuery(id),
    initialData: { items: initial.metrics, next_cursor: null },
  }).data;
  const { policies, edits } = useQuery({ ...plateauQuery(id), initialData: initial.plateau }).data;
  const control = { items: initial.control, next_cursor: null };
  const { items: requests } = useQuery({ ...runControlQuery(id), initialData: control }).data;
  const data = useOverlayData(id, initial.overlay);
  const [search, setUrl] = useUrlState();
  const top = useRef<HTMLDivElement>(null);

  const openTab = (tab: string) => setUrl({ tab: tab === "overview" ? null : tab });
  const showSteps = (from: number, to: number) => {
    const extent = runExtent(data.whole, run.status === "running");
    data.set({ window: aroundWindow(from, to, extent) });
    top.current?.scrollIntoView({ block: "start" });
  };
  const primary = choosePrimary(initial.project.primary_metric, [run]);
  const watched = policies.find((policy) => policy.metric === primary?.key);
  return (
    <CrosshairLink>
      <div ref={top} className="mx-auto flex w-full max-w-[1600px] scroll-mt-12 flex-col gap-2 px-4 py-2">
        <RunHeader run={run} runCss={initial.runCss} primary={primary} requests={requests} />
        <AuditBanner audit={data.whole.audit} onShow={showSteps} onDetails={() => openTab("audit")} />
        <InferredSchedule run={run} logsLr={data.whole.lr.key !== null} />
        <OverlayPanel run={run} metrics={metrics} data={data} runCss={initial.runCss} />
        <div className="mt-2 grid grid-cols-2 gap-3 max-sm:[&>:nth-child(n+3)]:col-span-2 xl:grid-cols-[1fr_1fr_1fr_1.4fr]">
          <BestCard primary={primary} metrics={metrics} checksSince={watched?.checks_since_best ?? null} />
          <LrCard overlay={data.whole} />
          <PlateauCard policies={policies} onOpen={() => openTab("plateau")} />
          <ControlCard requests={requests} run={run} onOpen={() => openTab("control")} />
        </div>
        <RunTabs
          tab={search.get("tab") ?? "overview"}
          onTab={openTab}
          onSteps={showSteps}
          project={initial.project}
          runCss={initial.runCss}
          health={initial.health}
          {...{ run, metrics, policies, edits, requests, data, primary, words: initial.words }}
        />
      </div>
    </CrosshairLink>
  );
}
