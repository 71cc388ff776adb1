"use client";

import { useMemo, useRef, useState } from "react";
import { ChartEmpty } from "@/components/charts/chart-empty";
import { ChartFigure } from "@/components/charts/chart-figure";
import type { PlotArea } from "@/components/charts/layers-plugin";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { ScaleKind } from "@/lib/presenters/charts/chart-model";
import { normaliseWindow, panBy, zoomAround, type StepWindow } from "@/lib/presenters/charts/zoom";
import type { Design } from "@/lib/presenters/schedules/design";
import { presentDesignChart } from "@/lib/presenters/schedules/design-chart";
import { previewOf, type Preview } from "@/lib/presenters/schedules/preview";
import { useUrlState } from "@/lib/client/url/use-url-state";

const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;

const HEIGHT = "h-[280px] md:h-[400px]";
const COMPACT_BELOW = 560;

interface Props {
  design: Design;
  /** Of the whole training. */
  previews: readonly Preview[];
}

/** The curves, live. A stretch that is zoomed to is evaluated anew, step by step. */
export function PreviewPanel({ design, previews }: Props) {
  const [search, setUrl] = useUrlState();
  const scale: ScaleKind = search.get("lr") === "log" ? "log" : "linear";
  const [zoomed, setZoomed] = useState<StepWindow | null>(null);
  const [area, setArea] = useState<PlotArea | null>(null);
  const extent = { from: 0, to: design.totalSteps - 1 };
  const inside = zoomed && zoomed.to <= extent.to ? zoomed : null;
  const window = inside ?? extent;
  const width = area ? area.right - area.left : 720;
  const shown = useMemo(
    () =>
      inside === null ? previews : design.candidates.map((candidate) => previewOf(candidate, design, inside)),
    [inside, previews, design],
  );
  const { from, to } = window;
  const chart = useMemo(
    () =>
      presentDesignChart({ previews: shown, selected: design.selected, scale, window: { from, to }, width }),
    [shown, design.selected, scale, from, to, width],
  );
  const panned = useRef(window);
  const zoom = {
    onSelect: (min: number, max: number) => setZoomed(normaliseWindow({ from: min, to: max }, extent)),
    onPanStart: () => {
      panned.current = window;
    },
    onPan: (share: number) => {
      const start = panned.current;
      setZoomed(panBy(start, extent, share * (start.to - start.from)));
    },
    onZoom: (x: number, factor: number) => setZoomed(zoomAround(window, extent, x, factor)),
    onReset: () => setZoomed(null),
  };
  const controls = (
    <span className="mr-1 flex items-center gap-1.5">
      {inside ? (
        <Button size="small" variant="ghost" onClick={() => setZoomed(null)}>
          Whole training
        </Button>
      ) : null}
      <Select
        label="LR axis"
        value={scale}
        options={SCALES}
        onChange={(value) => setUrl({ lr: value === "log" ? "log" : null })}
        className="h-7"
      />
    </span>
  );
  return (
    <section aria-label="Preview">
      {chart.state === "empty" ? (
        <div className={`relative mt-8 ${HEIGHT}`}>
          <ChartEmpty chart={chart} />
        </div>
      ) : (
        <ChartFigure
          model={chart}
          zoom={zoom}
          compact={width < COMPACT_BELOW}
          className={HEIGHT}
          aside={controls}
          onArea={setArea}
        />
      )}
    </section>
  );
}
