"use client";

import { useMemo, useState } from "react";
import { Arrange } from "@/components/charts/panels/arrange";
import { Branches } from "@/components/charts/panels/branches";
import { PanelSection } from "@/components/charts/panels/panel";
import { Input } from "@/components/ui/input";
import { useNotify } from "@/components/ui/toast";
import { usePanels } from "@/lib/client/projects/use-panels";
import type { Project } from "@/lib/contracts/projects";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { foundWords, metricSections, PINNED, searchMetrics } from "@/lib/presenters/metrics/sections";
import { metricTree } from "@/lib/presenters/metrics/tree";
import { CurvePanel } from "./curve-panel";
import type { CommonCurves } from "./two-charts";

interface Props extends CommonCurves {
  project: Project;
  metrics: readonly string[];
  lrKey: string | null;
  /** The stretch of x to ask the server for. */
  asked: Range | null;
  /** A regular expression over the metrics' names. */
  show: string;
  onShow: (show: string) => void;
  /** Draws a metric in the large chart. */
  onLarge: (metric: string) => void;
}

/** A section of more is opened branch by branch. */
const OPEN = 20;

/**
 * A chart of every metric in sections: the pinned ones open, the others when they are opened or an expression chooses
 * them, since each chart asks for all runs.
 */
export function CurvePanels({ project, metrics, lrKey, asked, show, onShow, onLarge, ...common }: Props) {
  const { panels, arrange } = usePanels(project, useNotify());
  const [turned, setTurned] = useState<readonly string[]>([]);
  const { found, sections } = useMemo(() => {
    const named = searchMetrics(
      metrics.map((key) => ({ key })),
      show,
    );
    return { found: named, sections: metricSections(named.metrics, panels) };
  }, [metrics, show, panels]);
  const turn = (id: string) =>
    setTurned((old) => (old.includes(id) ? old.filter((other) => other !== id) : [...old, id]));
  const panelsOf = (keys: readonly string[]) => (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-2 py-2">
      {keys.map((key) => (
        <CurvePanel
          key={key}
          {...common}
          projectId={project.id}
          metric={key}
          isLr={key === lrKey}
          asked={asked}
          onLarge={() => onLarge(key)}
        />
      ))}
    </ul>
  );
  return (
    <section aria-label="Further metrics" className="flex flex-col gap-1 border-t border-line pt-2">
      <div className="flex items-center gap-x-3">
        <Input
          type="search"
          aria-label="Choose metrics by regular expression"
          placeholder="More metrics, such as loss|acc"
          className="max-w-64 min-w-36"
          value={show}
          onChange={(event) => onShow(event.currentTarget.value)}
        />
        <span
          role="status"
          className="max-w-[calc(100%-9.75rem)] shrink-0 truncate text-xs text-muted tabular-nums"
        >
          {foundWords(found, metrics.length, show)}
        </span>
      </div>
      <Arrange
        panels={panels}
        sections={sections}
        arrange={arrange}
        className="grid grid-flow-row-dense grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-x-2"
      >
        {sections.map((section) => {
          const open = (show !== "" || section.id === PINNED) !== turned.includes(section.id);
          return (
            <PanelSection key={section.id} section={section} open={open} onOpen={() => turn(section.id)}>
              <Branches branch={metricTree(section)} open={section.keys.length <= OPEN} render={panelsOf} />
            </PanelSection>
          );
        })}
      </Arrange>
      {sections.length === 0 ? (
        <p className="py-6 text-center text-sm text-muted">No metric of these runs has such a name.</p>
      ) : null}
    </section>
  );
}
