"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { useNotify } from "@/components/ui/toast";
import { cn } from "@/components/ui/class-names";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { usePanels } from "@/lib/client/projects/use-panels";
import type { Project } from "@/lib/contracts/projects";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { metricSections, PINNED, placeOf, searchMetrics } from "@/lib/presenters/metrics/sections";
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
}

/**
 * A chart of every metric in sections: the pinned ones open, the others when they are opened or an expression chooses
 * them, since each chart asks for all runs.
 */
export function CurvePanels({ project, metrics, lrKey, asked, show, onShow, ...common }: Props) {
  const notify = useNotify();
  const { panels, change } = usePanels(project, (error) =>
    notify({ title: "Could not arrange the charts", detail: sentenceOf(error), tone: "failed" }),
  );
  const [turned, setTurned] = useState<readonly string[]>([]);
  const named = metrics.map((key) => ({ key }));
  const found = searchMetrics(named, show);
  const turn = (id: string) =>
    setTurned((old) => (old.includes(id) ? old.filter((other) => other !== id) : [...old, id]));
  return (
    <section aria-label="Further metrics" className="flex flex-col gap-1 border-t border-line pt-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Input
          type="search"
          aria-label="Choose metrics by regular expression"
          placeholder="More metrics, such as loss|acc"
          className="max-w-64"
          value={show}
          onChange={(event) => onShow(event.currentTarget.value)}
        />
        <span role="status" className="text-xs text-muted tabular-nums">
          {show === "" ? "" : `${found.metrics.length} of ${metrics.length}. ${found.note ?? ""}`}
        </span>
      </div>
      {metricSections(found.metrics, panels).map(({ id, title, keys }) => {
        const open = (show !== "" || id === PINNED) !== turned.includes(id);
        return (
          <div key={id}>
            <h2 className="border-b border-line">
              <button
                type="button"
                aria-expanded={open}
                onClick={() => turn(id)}
                className="flex h-8 w-full items-center gap-1.5 rounded text-sm font-medium hover:bg-surface"
              >
                <ChevronRight
                  size={15}
                  aria-hidden
                  className={cn("text-faint transition-transform", open && "rotate-90")}
                />
                {title}
                <span className="font-normal text-muted tabular-nums">{keys.length}</span>
              </button>
            </h2>
            {open ? (
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-2 py-2">
                {keys.map((key) => (
                  <CurvePanel
                    key={key}
                    {...common}
                    projectId={project.id}
                    metric={key}
                    isLr={key === lrKey}
                    asked={asked}
                    place={placeOf(panels, key, change)}
                  />
                ))}
              </ul>
            ) : null}
          </div>
        );
      })}
    </section>
  );
}
