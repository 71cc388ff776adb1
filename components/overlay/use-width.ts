"use client";

import { useCallback, useState } from "react";

/** The element's width in pixels as it changes; `assumed` until it is measured. Attach `ref`. */
export function useWidth(assumed: number): {
  width: number;
  ref: (element: HTMLElement | null) => (() => void) | undefined;
} {
  const [width, setWidth] = useState(assumed);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { width, ref };
}
