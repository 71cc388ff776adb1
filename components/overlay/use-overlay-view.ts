"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { parseView, writeView, type OverlayView } from "@/lib/presenters/charts/view";
import type { StepWindow } from "@/lib/presenters/charts/zoom";

export interface OverlayViewState {
  /** What to draw. */
  readonly view: OverlayView;
  /** What to ask the server for: the view, but for a window that still moves. */
  readonly settled: OverlayView;
  /** A change worth a step back. */
  set: (patch: Partial<OverlayView>) => void;
  /** A change in a flow of them (wheel, pan, resize); becomes one step back when the flow rests. */
  drag: (window: StepWindow | null) => void;
}

/** What the reader asked for and the URL does not say yet. */
interface Draft {
  readonly patch: Partial<OverlayView>;
  readonly moving: boolean;
}

const REST_MS = 200;

function push(path: string, patch: Partial<OverlayView>): void {
  // From the address bar, not from the render: two changes in one event must not undo each other.
  const current = new URLSearchParams(window.location.search);
  const text = writeView({ ...parseView((name) => current.get(name)), ...patch }, current).toString();
  if (text !== current.toString()) window.history.pushState(null, "", text === "" ? path : `${path}?${text}`);
}

/**
 * The chart's view in the URL: it can be shared, survives a reload, and the browser's back button undoes a zoom. The
 * router hands a new URL on when it finds time; the picture does not wait for it.
 */
export function useOverlayView(): OverlayViewState {
  const search = useSearchParams();
  const path = usePathname();
  const stored = useMemo(() => parseView((name) => search.get(name)), [search]);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [seen, setSeen] = useState(search);
  if (seen !== search) {
    // The URL has caught up with the draft, or moved elsewhere (back, a link): either way it holds the truth.
    setSeen(search);
    setDraft(null);
  }
  useEffect(() => {
    if (!draft?.moving) return;
    const timer = setTimeout(() => {
      push(path, draft.patch);
      setDraft({ ...draft, moving: false });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [draft, path]);
  const view = useMemo(() => (draft === null ? stored : { ...stored, ...draft.patch }), [draft, stored]);
  const settled = draft?.moving ? { ...view, window: stored.window } : view;
  return {
    view,
    settled,
    set: (change) => {
      const patch = { ...draft?.patch, ...change };
      setDraft({ patch, moving: false });
      push(path, patch);
    },
    drag: (next) => setDraft({ patch: { ...draft?.patch, window: next }, moving: true }),
  };
}
