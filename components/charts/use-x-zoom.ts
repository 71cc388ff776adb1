"use client";

import { useRef } from "react";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { fitRange, panRange, zoomRange } from "@/lib/presenters/charts/zoom";
import type { ZoomHandlers } from "./zoom-handlers";

interface Changes {
  /** A change that is done. */
  set: (window: Range | null) => void;
  /** One of a flow of changes. */
  drag: (window: Range | null) => void;
}

/** Gestures on any of several charts as changes of the one stretch of x that all of them show. null: all of it. */
export function useXZoom(shown: Range, whole: Range, { set, drag }: Changes): ZoomHandlers {
  const start = useRef(shown);
  return {
    onSelect: (min, max) => set(fitRange({ min, max }, whole)),
    onPanStart: () => {
      start.current = shown;
    },
    onPan: (share) => drag(panRange(start.current, whole, share)),
    onZoom: (x, factor) => drag(zoomRange(shown, whole, x, factor)),
    onReset: () => set(null),
  };
}
