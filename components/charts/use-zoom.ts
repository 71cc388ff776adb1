"use client";

import { useRef } from "react";
import { normaliseWindow, panBy, zoomAround, type StepWindow } from "@/lib/presenters/charts/zoom";
import type { ZoomHandlers } from "./zoom-handlers";

/** Steps that several charts show, and ways to change them. */
export interface ZoomState {
  /** null: the whole run. */
  readonly view: { readonly window: StepWindow | null };
  /** A change worth a step back. */
  set: (patch: { readonly window: StepWindow | null }) => void;
  /** One of a flow of changes. */
  drag: (window: StepWindow | null) => void;
}

/** Gestures on any chart of the run as changes of the one window that all of them show. `stepOf`: the step drawn at x. */
export function useZoom(
  { view, set, drag }: ZoomState,
  extent: StepWindow,
  stepOf: (x: number) => number | null,
): ZoomHandlers {
  const window = view.window ?? extent;
  const panned = useRef(window);
  return {
    onSelect: (min, max) => {
      const [from, to] = [stepOf(min), stepOf(max)];
      if (from !== null && to !== null) set({ window: normaliseWindow({ from, to }, extent) });
    },
    onPanStart: () => {
      panned.current = window;
    },
    onPan: (share) => {
      const start = panned.current;
      drag(panBy(start, extent, share * (start.to - start.from)));
    },
    onZoom: (x, factor) => drag(zoomAround(window, extent, stepOf(x) ?? window.from, factor)),
    onReset: () => {
      if (view.window !== null) set({ window: null });
    },
  };
}
