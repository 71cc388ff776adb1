"use client";

import { useMemo } from "react";
import type { ZoomState } from "@/components/charts/use-zoom";
import type { XAxis } from "@/lib/contracts/metrics";
import type { Overlay } from "@/lib/contracts/overlay";
import type { Run } from "@/lib/contracts/runs";
import { mapOf, shownRange } from "@/lib/presenters/charts/overlay";
import type { OverlayView } from "@/lib/presenters/charts/view";
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
  readonly window: { readonly min: number; readonly max: number } | undefined;
  readonly extent: StepWindow;
  readonly stepOf: (x: number) => number | null;
}

/** What all panels of the run have in common. */
export function usePanelFrame(run: Run, above: ChartAbove, runCss: string): PanelFrame {
  const { overlay, whole, view, settled } = above;
  const live = run.status === "running";
  return useMemo(() => {
    const extent = runExtent(whole, live);
    const map = mapOf(overlay);
    const { min, max } = shownRange(map, view.window ?? extent);
    return {
      run: { id: run.id, name: run.name, css: runCss },
      lrKey: whole.lr.key,
      x: view.x,
      smoothing: view.smoothing,
      asked: settled.window,
      window: min === null || max === null ? undefined : { min, max },
      extent,
      stepOf: map.stepOf,
    };
  }, [overlay, whole, view, settled.window, live, run.id, run.name, runCss]);
}
