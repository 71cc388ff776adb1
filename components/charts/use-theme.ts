"use client";

import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "class", "style"] });
  return () => observer.disconnect();
}

const read = () => document.documentElement.dataset.theme ?? "light";

/** The page's theme; a canvas has to be painted anew when it changes. */
export const useTheme = (): string => useSyncExternalStore(subscribe, read, () => "light");
