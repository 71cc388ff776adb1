"use client";

import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { PlotArea } from "./layers-plugin";

/** Shares of the plot's width, 0 at its left edge. */
interface Band {
  readonly from: number;
  readonly to: number;
}

export interface GestureHandlers {
  /** The pointer stands here; null: it left. */
  onPoint: (share: number | null) => void;
  /** A stretch was chosen. */
  onSelect?: (band: Band) => void;
  /** The plot is taken hold of, and then shifted by this share of its width in all. */
  onPanStart?: () => void;
  onPan?: (share: number) => void;
  /** Narrower (< 1) or wider around a place. */
  onZoom?: (share: number, factor: number) => void;
}

type Drag = { readonly kind: "select" | "pan"; readonly start: number; readonly last: number };

/** Pixels below which a drag is a click. */
const CLICK = 5;

const shareAt = (event: { clientX: number }, box: HTMLElement, { left, right }: PlotArea): number =>
  (event.clientX - box.getBoundingClientRect().left - left) / (right - left);

const within = (share: number): number => Math.min(1, Math.max(0, share));

/**
 * Pointer gestures on a plot: drag selects, shift and drag pans, ctrl and wheel (what a touchpad's pinch sends) zooms.
 * Vertical touches stay the page's, so a chart as wide as a phone does not trap it. `selection` is what is being dragged.
 */
export function useGestures(
  box: RefObject<HTMLElement | null>,
  area: PlotArea | null,
  handlers: GestureHandlers,
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const selection = drag?.kind === "select" ? ordered(drag) : null;
  useWheelZoom(box, area, handlers.onZoom);

  const share = (event: PointerEvent<HTMLElement>): number | null =>
    area ? shareAt(event, event.currentTarget, area) : null;

  return {
    selection,
    props: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const at = share(event);
        if (at === null || event.button !== 0 || !handlers.onSelect || at < -0.02 || at > 1.02) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (event.shiftKey) handlers.onPanStart?.();
        setDrag({ kind: event.shiftKey ? "pan" : "select", start: within(at), last: within(at) });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const at = share(event);
        if (at === null) return;
        if (!drag || drag.kind === "select") handlers.onPoint(at >= 0 && at <= 1 ? at : null);
        if (!drag) return;
        if (drag.kind === "pan") handlers.onPan?.(drag.start - at);
        else setDrag({ ...drag, last: within(at) });
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const at = share(event);
        setDrag(null);
        if (!drag || drag.kind === "pan" || at === null || !area) return;
        const band = ordered({ ...drag, last: within(at) });
        if ((band.to - band.from) * (area.right - area.left) >= CLICK) handlers.onSelect?.(band);
      },
      onPointerCancel: () => setDrag(null),
      onPointerLeave: () => handlers.onPoint(null),
    },
  };
}

const ordered = ({ start, last }: Drag): Band => ({ from: Math.min(start, last), to: Math.max(start, last) });

/** Not through React: its wheel listeners are passive and could not keep the page itself from zooming. */
function useWheelZoom(
  box: RefObject<HTMLElement | null>,
  area: PlotArea | null,
  onZoom: GestureHandlers["onZoom"],
): void {
  const latest = useRef({ area, onZoom });
  useEffect(() => {
    latest.current = { area, onZoom };
  }, [area, onZoom]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { area: plot, onZoom: zoom } = latest.current;
      if (!event.ctrlKey || !plot || !zoom) return;
      event.preventDefault();
      zoom(
        within(shareAt(event, element, plot)),
        Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.005),
      );
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [box]);
}
