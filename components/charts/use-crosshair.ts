"use client";

import { useState } from "react";
import { lastAtOrBelow } from "@/lib/presenters/charts/step-map";
import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";

export interface Crosshair {
  readonly card: HoverCard | null;
  /** Set by the keyboard: worth reading out. */
  readonly spoken: boolean;
  pointAt: (share: number | null) => void;
  /** By real samples; beyond the ends it stays. */
  moveBy: (samples: number) => void;
  moveTo: (end: "first" | "last") => void;
}

/** Where the reader looks; always a real sample. */
export function useCrosshair(model: ReadyChart): Crosshair {
  const [at, setAt] = useState<{ x: number; spoken: boolean } | null>(null);
  const { min, max } = model.x;
  const below = lastAtOrBelow(model.stops, min);
  const low = model.stops[below] === min ? below : below + 1;
  const high = lastAtOrBelow(model.stops, max);
  const goTo = (index: number) => {
    const x = model.stops[Math.min(high, Math.max(low, index))];
    if (x !== undefined) setAt({ x, spoken: true });
  };
  return {
    card: at === null ? null : model.hoverAt(at.x),
    spoken: at?.spoken ?? false,
    pointAt: (share) => setAt(share === null ? null : { x: min + share * (max - min), spoken: false }),
    moveBy: (samples) => {
      if (at === null) return goTo(samples > 0 ? low : high);
      goTo(lastAtOrBelow(model.stops, model.hoverAt(at.x)?.x ?? at.x) + samples);
    },
    moveTo: (end) => goTo(end === "first" ? low : high),
  };
}
