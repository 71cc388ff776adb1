"use client";

import { createContext, use, useSyncExternalStore } from "react";

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = wholeSecond();

function wholeSecond(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = wholeSecond();
  timer ??= setInterval(() => {
    now = wholeSecond();
    listeners.forEach((call) => call());
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** When the server drew the page, in milliseconds: what its first drawing in the browser has to agree with. */
export const DrawnAt = createContext(wholeSecond());

/** The time in milliseconds, by whole seconds; one clock for the page. */
export function useNow(): number {
  const drawnAt = use(DrawnAt);
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => drawnAt,
  );
}
