"use client";

import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { STRIP_HEIGHT, STRIP_WIDTH, type StripModel } from "@/lib/presenters/charts/strip";
import { normaliseWindow, panBy, type StepWindow } from "@/lib/presenters/charts/zoom";

interface Props {
  strip: StripModel;
  extent: StepWindow;
  /** null: all of it. */
  window: StepWindow | null;
  onWindow: (window: StepWindow | null) => void;
  /** The run's colour. */
  css: string;
  /** Pixels left free so that the strip lies under the plot. */
  inset: { left: number; right: number };
}

type Grip = "from" | "to" | "body" | "new";

interface Drag {
  readonly grip: Grip;
  /** Step under the pointer when it went down, and the window then. */
  readonly at: number;
  readonly window: StepWindow;
}

/** The whole run with the shown part marked: drag over it to zoom, its middle to pan, its ends to resize. */
export function RangeStrip({ strip, extent, window, onWindow, css, inset }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const shown = window ?? extent;
  const room = extent.to - extent.from;
  const share = (step: number) => ((step - extent.from) / room) * 100;

  const stepAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return extent.from;
    return extent.from + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * room;
  };
  const begin = (grip: Grip, event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ grip, at: stepAt(event), window: shown });
  };
  const move = (event: PointerEvent) => {
    if (!drag) return;
    const at = stepAt(event);
    if (drag.grip === "new" && Math.abs(at - drag.at) < room / 200) return;
    onWindow(dragged(drag, at, extent));
  };
  const handlers = {
    onPointerMove: move,
    onPointerUp: () => setDrag(null),
    onPointerCancel: () => setDrag(null),
  };

  return (
    <div className="mt-1" style={{ paddingLeft: inset.left, paddingRight: inset.right }}>
      <div
        ref={track}
        title="Drag to zoom, double-click to see everything"
        onPointerDown={(event) => begin("new", event)}
        onDoubleClick={() => onWindow(null)}
        {...handlers}
        className="relative h-8 cursor-crosshair touch-pan-y overflow-visible rounded border border-line bg-surface select-none"
      >
        <svg
          viewBox={`0 -2 ${STRIP_WIDTH} ${STRIP_HEIGHT + 4}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
          aria-hidden
        >
          <path d={strip.metric} fill="none" stroke={css} vectorEffect="non-scaling-stroke" opacity={0.7} />
          <path
            d={strip.lr}
            fill="none"
            stroke="var(--chart-lr)"
            vectorEffect="non-scaling-stroke"
            opacity={0.5}
          />
        </svg>
        <Shade left={0} width={share(shown.from)} />
        <Shade left={share(shown.to)} width={100 - share(shown.to)} />
        {window ? (
          <div
            onPointerDown={(event) => begin("body", event)}
            {...handlers}
            className="absolute inset-y-0 cursor-grab border-y border-accent active:cursor-grabbing"
            style={{ left: `${share(shown.from)}%`, width: `${share(shown.to) - share(shown.from)}%` }}
          />
        ) : null}
        {(["from", "to"] as const).map((end) => (
          <Handle
            key={end}
            end={end}
            shown={shown}
            extent={extent}
            left={share(shown[end])}
            onPointerDown={(event) => begin(end, event)}
            handlers={handlers}
            onWindow={onWindow}
          />
        ))}
      </div>
    </div>
  );
}

function dragged({ grip, at: start, window }: Drag, at: number, extent: StepWindow): StepWindow | null {
  switch (grip) {
    case "new":
      return normaliseWindow({ from: Math.min(start, at), to: Math.max(start, at) }, extent);
    case "body":
      return panBy(window, extent, at - start);
    case "from":
      return normaliseWindow({ from: Math.min(at, window.to - 1), to: window.to }, extent);
    case "to":
      return normaliseWindow({ from: window.from, to: Math.max(at, window.from + 1) }, extent);
  }
}

function Shade({ left, width }: { left: number; width: number }) {
  return (
    <div
      className="pointer-events-none absolute inset-y-0 bg-surface/75"
      style={{ left: `${left}%`, width: `${Math.max(0, width)}%` }}
    />
  );
}

interface HandleProps {
  end: "from" | "to";
  shown: StepWindow;
  extent: StepWindow;
  left: number;
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  handlers: {
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
  };
  onWindow: (window: StepWindow | null) => void;
}

function Handle({ end, shown, extent, left, onPointerDown, handlers, onWindow }: HandleProps) {
  const stride = Math.max(1, Math.round((extent.to - extent.from) / 100));
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const by = direction * (event.shiftKey ? 10 : 1) * stride;
    onWindow(dragged({ grip: end, at: 0, window: shown }, shown[end] + by, extent));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={end === "from" ? "First step shown" : "Last step shown"}
      aria-valuemin={extent.from}
      aria-valuemax={extent.to}
      aria-valuenow={shown[end]}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      {...handlers}
      className="absolute inset-y-0 flex w-4 -translate-x-1/2 cursor-ew-resize items-center justify-center"
      style={{ left: `${left}%` }}
    >
      <span className="h-4 w-1 rounded-full bg-muted" />
    </div>
  );
}
