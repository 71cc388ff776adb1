"use client";

import { useEffect, useMemo, useState } from "react";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { curvesPatch, parseCurves, type CurvesView } from "@/lib/presenters/charts/curves-view";

export interface CurvesState {
  /** What to draw. */
  readonly view: CurvesView;
  /** What to ask the server for: the view, but for a window that still moves. */
  readonly settled: CurvesView;
  set: (change: Partial<CurvesView>) => void;
  /** One of a flow of changes; goes into the URL when the flow rests. */
  drag: (window: Range | null) => void;
}

/** Longer than a frame takes on a slow machine, so that a gesture is not cut into pieces. */
const REST_MS = 300;

/** How the charts are looked at, in the URL; while the reader moves them only here, so that a frame asks for nothing else. */
export function useCurvesView(search: URLSearchParams, setUrl: (patch: UrlPatch) => void): CurvesState {
  // The same object while the URL stays: what was prepared for it is prepared once, not with every frame.
  const settled = useMemo(() => parseCurves(search), [search]);
  const [moving, setMoving] = useState<{ window: Range | null } | null>(null);
  useEffect(() => {
    if (moving === null) return;
    const timer = setTimeout(() => {
      setUrl(curvesPatch(moving));
      setMoving(null);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [moving, setUrl]);
  const view = useMemo(() => (moving === null ? settled : { ...settled, ...moving }), [moving, settled]);
  return {
    view,
    settled,
    set: (change) => {
      setMoving(null);
      setUrl(curvesPatch(change));
    },
    drag: (window) => setMoving({ window }),
  };
}
