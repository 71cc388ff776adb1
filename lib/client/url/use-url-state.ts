"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";

/** A change of the URL's parameters; `null` or `""` removes one. */
export type UrlPatch = Readonly<Record<string, string | null>>;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** Replaces the entry in the history and asks the server for nothing. Two changes in one event add up. */
function patchUrl(patch: UrlPatch): void {
  const text = patched(window.location.search, patch);
  window.history.replaceState(null, "", `${window.location.pathname}${text}`);
  listeners.forEach((listener) => listener());
}

/** The search part of a URL with some parameters changed: `?q=a`, or nothing when none is left. */
export function patched(search: string, patch: UrlPatch): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === "" ? "" : `?${text}`;
}

/**
 * The URL's parameters as state: what is shown can be shared and survives a reload. Next's own hook follows a change of
 * the URL only after a transition, too late for a field that is being typed into; this one follows at once.
 */
export function useUrlState(): [search: URLSearchParams, patch: (patch: UrlPatch) => void] {
  const onServer = useSearchParams().toString();
  const text = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => onServer,
  );
  const search = useMemo(() => new URLSearchParams(text), [text]);
  return [search, patchUrl];
}
