"use client";

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from "react";

/** Where one of the linked charts is pointed at, in units of their common x. */
interface SharedPoint {
  readonly chart: string;
  readonly x: number;
}

interface Link {
  get: () => SharedPoint | null;
  set: (point: SharedPoint | null) => void;
  subscribe: (listener: () => void) => () => void;
}

function createLink(): Link {
  let point: SharedPoint | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => point,
    set: (next) => {
      point = next;
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Charts outside any link share nothing: each is alone with itself. */
const ALONE: Link = { get: () => null, set: () => {}, subscribe: () => () => {} };

const LinkContext = createContext<Link>(ALONE);

/** Charts inside, which must have the same x axis, show one crosshair: pointing at one marks the place on all. */
export function CrosshairLink({ children }: { children: ReactNode }) {
  const [link] = useState(createLink);
  return <LinkContext value={link}>{children}</LinkContext>;
}

/** The x that another linked chart is pointed at, null when none is; and a way to tell the others of one's own. */
export function useSharedX(chart: string): [x: number | null, share: (x: number | null) => void] {
  const link = useContext(LinkContext);
  const point = useSyncExternalStore(link.subscribe, link.get, () => null);
  return [
    point === null || point.chart === chart ? null : point.x,
    (x) => link.set(x === null ? null : { chart, x }),
  ];
}
