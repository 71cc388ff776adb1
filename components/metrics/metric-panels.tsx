"use client";

import { useMemo, useState } from "react";
import { Arrange } from "@/components/charts/panels/arrange";
import { Input } from "@/components/ui/input";
import { useZoom } from "@/components/charts/use-zoom";
import { useNotify } from "@/components/ui/toast";
import { usePanels } from "@/lib/client/projects/use-panels";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { foundWords, metricSections, searchMetrics } from "@/lib/presenters/metrics/sections";
import { MetricSectionView } from "./metric-section";
import { usePanelFrame, type ChartAbove } from "./use-panel-frame";

interface Props {
  run: Run;
  project: Project;
  metrics: readonly MetricSummary[];
  data: ChartAbove;
  runCss: string;
  shown: readonly string[];
  onToggle: (key: string) => void;
}

/** A small chart of every metric, in sections by prefix. Their x, zoom and smoothing are those of the chart above. */
export function MetricPanels({ run, project, metrics, data, runCss, shown, onToggle }: Props) {
  const [text, setText] = useState("");
  const [closed, setClosed] = useState<readonly string[]>([]);
  const { panels, arrange } = usePanels(project, useNotify());
  const { found, sections } = useMemo(() => {
    const named = searchMetrics(metrics, text);
    return { found: named, sections: metricSections(named.metrics, panels) };
  }, [metrics, text, panels]);
  const frame = usePanelFrame(run, data, runCss);
  const zoom = useZoom(data, frame.extent, frame.map);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-x-3">
        <Input
          type="search"
          aria-label="Search metrics by regular expression"
          placeholder="Search, such as loss|acc"
          className="max-w-72 min-w-36"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span
          role="status"
          className="max-w-[calc(100%-9.75rem)] shrink-0 truncate text-xs text-muted tabular-nums"
        >
          {foundWords(found, metrics.length, text)}
        </span>
        <span className="ml-auto shrink truncate text-xs text-muted max-md:hidden">
          x, zoom and smoothing as in the chart above
        </span>
      </div>
      <Arrange
        panels={panels}
        sections={sections}
        arrange={arrange}
        className="grid grid-flow-row-dense grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-x-3"
      >
        {sections.map((section) => (
          <MetricSectionView
            key={section.id}
            section={section}
            open={!closed.includes(section.id)}
            onOpen={(open) =>
              setClosed((old) => (open ? old.filter((id) => id !== section.id) : [...old, section.id]))
            }
            frame={frame}
            zoom={zoom}
            shown={shown}
            onShow={onToggle}
          />
        ))}
      </Arrange>
      {sections.length === 0 ? (
        <p className="py-8 text-center text-muted">No metric of this run has such a name.</p>
      ) : null}
    </div>
  );
}
