"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
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

  const [asked, setAsked] = useState(0);

  const openTab = (tab: string) => {
    setUrl({ tab: tab === "overview" ? null : tab });
    setAsked((times) => times + 1);
  };
  const showSteps = (from: number, to: number) => {
    const extent = runExtent(data.whole, run.status === "running");
    data.set({ window: aroundWindow(from, to, extent) });
    top.current?.scrollIntoView({ block: "start" });
  };
  const primary = choosePrimary(initial.project.primary_metric, [run]);
  return (
    <CrosshairLink>
      <div ref={top} className="flex w-full scroll-mt-12 flex-col gap-2 px-4 py-2">
        <RunHeader run={run} runCss={initial.runCss} primary={primary} requests={requests} />
        <AuditBanner audit={data.whole.audit} onShow={showSteps} onDetails={() => openTab("audit")} />
        <InferredSchedule run={run} logsLr={data.whole.lr.key !== null} />
        <div className="grid gap-x-4 gap-y-3 xl:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_22rem]">
          <OverlayPanel run={run} metrics={metrics} data={data} runCss={initial.runCss} />
          <section
            aria-label="Where the run stands"
            className="flex flex-wrap gap-px self-start overflow-hidden rounded-lg border border-line bg-line max-xl:*:flex-[1_1_10rem] xl:mt-2 xl:flex-col"
          >
            <BestCard primary={primary} metrics={metrics} />
            <LrCard overlay={data.whole} />
            <PlateauCard policies={policies} onOpen={() => openTab("plateau")} />
            <ControlCard requests={requests} run={run} onOpen={() => openTab("control")} />
          </section>
        </div>
        <RunTabs
          tab={search.get("tab") ?? "overview"}
          onTab={openTab}
          asked={asked}
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
