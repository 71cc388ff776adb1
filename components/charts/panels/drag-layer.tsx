"use client";

import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import { createPortal } from "react-dom";
import { putDown, type Arrangement, type Spot } from "@/lib/presenters/metrics/arrange";
import type { Grabbed } from "./arrangement";
import { hold, type Shown } from "./hold";

interface Props extends Arrangement {
  root: RefObject<HTMLElement | null>;
  grabbed: Grabbed;
  say: (text: string) => void;
  /** Whether it was put elsewhere. */
  onEnd: (put: boolean) => void;
}

/** What is there while something is held: a line where it would be put, and its name at the pointer. */
export function DragLayer({ root, grabbed, say, onEnd, panels, sections, arrange }: Props) {
  const [{ line, at }, setShown] = useState<Shown>({ line: null, at: null });
  const end = useEffectEvent((spot: Spot | null) => {
    onEnd(spot !== null);
    if (spot) arrange(...putDown(panels, sections, grabbed.item, spot));
  });
  useEffect(
    () =>
      root.current
        ? hold(root.current, grabbed, { show: setShown, say, end: (spot) => end(spot) })
        : undefined,
    [root, grabbed, say],
  );
  return createPortal(
    <div aria-hidden className="pointer-events-none fixed inset-0 z-40 overflow-hidden">
      {line ? (
        <div
          className="absolute rounded-full bg-accent"
          style={{
            left: line.left - HALF,
            top: line.top - HALF,
            width: line.right - line.left + 2 * HALF,
            height: line.bottom - line.top + 2 * HALF,
          }}
        />
      ) : null}
      {at ? (
        <div
          className="absolute max-w-60 truncate rounded-md bg-overlay px-2 py-1 text-sm font-medium shadow-overlay"
          style={{ left: at.x + BESIDE, top: at.y + BESIDE }}
        >
          {grabbed.item.title}
        </div>
      ) : null}
    </div>,
    document.body,
  );
}

/** Half of the line's width. */
const HALF = 1.5;
/** From the pointer to the name. */
const BESIDE = 12;
