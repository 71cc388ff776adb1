"use client";

import { useMemo } from "react";
import type { ZoomState } from "@/components/charts/use-zoom";
import type { XAxis } from "@/lib/contracts/metrics";
import type { Overlay } from "@/lib/contracts/overlay";
import type { Run } from "@/lib/contracts/runs";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { mapOf } from "@/lib/presenters/charts/overlay";
import type { OverlayView } from "@/lib/presenters/charts/view";
import type { StepMap } from "@/lib/presenters/charts/step-map";
import { runExtent, type StepWindow } from "@/lib/presenters/charts/zoom";

/** The run's large chart, whose x, zoom and smoothing the small ones share. */
export interface ChartAbove extends ZoomState {
  readonly view: OverlayView;
  readonly settled: OverlayView;
  readonly overlay: Overlay;
  readonly whole: Overlay;
}

export interface PanelFrame {
  readonly run: { readonly id: string; readonly name: string; readonly css: string };
  readonly lrKey: string | null;
  readonly x: XAxis;
  readonly smoothing: number;
  /** The window to ask the server for, and what is shown meanwhile, in units of x. */
  readonly asked: StepWindow | null;
  readonly window: Range | undefined;
  readonly extent: StepWindow;
  readonly map: StepMap;
}

/** What all panels of the run have in common. */
export function usePanelFrame(run: Run, above: ChartAbove, runCss: string): PanelFrame {
  const { overlay, whole, view, settled } = above;
  const live = run.status === "running";
  // The same object with every frame of a gesture: what is prepared for it is prepared once.
  const drawn = useMemo(() => ({ id: run.id, name: run.name, css: runCss }), [run.id, run.name, runCss]);
  return useMemo(() => {
    const extent = runExtent(whole, live);
    const map = mapOf(overlay);
    return {
      run: drawn,
      lrKey: whole.lr.key,
      x: view.x,
      smoothing: view.smoothing,
      asked: settled.window,
      window: map.rangeOf(view.window ?? extent) ?? undefined,
      extent,
      map,
    };
  }, [overlay, whole, view, settled.window, live, drawn]);
}
