"use client";

import { useId, useState } from "react";
import { lastAtOrBelow } from "@/lib/presenters/charts/step-map";
import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { useSharedX } from "./crosshair-link";

export interface Crosshair {
  readonly card: HoverCard | null;
  /** Another chart is pointed at, and this one shows the same place. */
  readonly guest: boolean;
  /** Set by the keyboard: worth reading out. */
  readonly spoken: boolean;
  pointAt: (share: number | null) => void;
  /** By real samples; beyond the ends it stays. */
  moveBy: (samples: number) => void;
  moveTo: (end: "first" | "last") => void;
}

/** Where the reader looks; always a real sample, but for a guest's line, which stands where the other chart's does. */
export function useCrosshair(model: ReadyChart): Crosshair {
  const [at, setAt] = useState<{ x: number; spoken: boolean } | null>(null);
  const [sharedX, share] = useSharedX(useId());
  const { min, max } = model.x;
  const below = lastAtOrBelow(model.stops, min);
  const low = model.stops[below] === min ? below : below + 1;
  const high = lastAtOrBelow(model.stops, max);
  const look = (next: { x: number; spoken: boolean } | null) => {
    setAt(next);
    share(next === null ? null : (model.hoverAt(next.x)?.x ?? next.x));
  };
  const goTo = (index: number) => {
    const x = model.stops[Math.min(high, Math.max(low, index))];
    if (x !== undefined) look({ x, spoken: true });
  };
  return {
    card: at === null ? guestCard(model, sharedX) : model.hoverAt(at.x),
    guest: at === null,
    spoken: at?.spoken ?? false,
    pointAt: (part) => look(part === null ? null : { x: min + part * (max - min), spoken: false }),
    moveBy: (samples) => {
      if (at === null) return goTo(samples > 0 ? low : high);
      goTo(lastAtOrBelow(model.stops, model.hoverAt(at.x)?.x ?? at.x) + samples);
    },
    moveTo: (end) => goTo(end === "first" ? low : high),
  };
}

function guestCard(model: ReadyChart, x: number | null): HoverCard | null {
  const card = x === null ? null : model.hoverAt(x);
  return card === null || x === null ? null : { ...card, x };
}
