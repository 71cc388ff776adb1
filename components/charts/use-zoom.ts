"use client";

import { useRef } from "react";
import type { StepMap } from "@/lib/presenters/charts/step-map";
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

/** Gestures on any chart of the run as changes of the one window that all of them show. `map`: which steps stand where. */
export function useZoom(
  { view, set, drag }: ZoomState,
  extent: StepWindow,
  map: Pick<StepMap, "stepOf" | "stepsBetween">,
): ZoomHandlers {
  const window = view.window ?? extent;
  const panned = useRef(window);
  return {
    onSelect: (min, max) => {
      const chosen = map.stepsBetween(min, max);
      if (chosen !== null) set({ window: normaliseWindow(chosen, extent) });
    },
    onPanStart: () => {
      panned.current = window;
    },
    onPan: (share) => {
      const start = panned.current;
      drag(panBy(start, extent, share * (start.to - start.from)));
    },
    onZoom: (x, factor) => drag(zoomAround(window, extent, map.stepOf(x) ?? window.from, factor)),
    onReset: () => {
      if (view.window !== null) set({ window: null });
    },
  };
}
