"use client";

import { type RefObject, useEffect, useRef } from "react";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import type { TableLine } from "@/lib/presenters/runs/runs-view";

interface Options {
  scroller: RefObject<HTMLElement | null>;
  lines: readonly TableLine[];
  scrollTo: (index: number) => void;
  onToggle: (runIds: readonly string[]) => void;
}

/**
 * `j` and `k` go down and up the lines, `x` ticks the run, or all of the group. They move the focus itself, so Enter opens what has it: a run
 * through its link, a group through its button.
 */
export function useLineKeys({ scroller, lines, scrollTo, onToggle }: Options): void {
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    if (wanted.current === null) return;
    const line = scroller.current?.querySelector(`[data-line="${wanted.current}"] [data-line-focus]`);
    if (!(line instanceof HTMLElement)) return;
    wanted.current = null;
    line.focus({ preventScroll: true });
  };
  // A line far away is in the document only after the table has been drawn again.
  useEffect(focusWanted);

  const current = (): number | null => {
    const line = document.activeElement?.closest("[data-line]")?.getAttribute("data-line");
    return line === null || line === undefined ? null : Number(line);
  };
  const move = (by: 1 | -1) => {
    const from = current();
    const to = from === null ? 0 : Math.min(lines.length - 1, Math.max(0, from + by));
    wanted.current = to;
    scrollTo(to);
    focusWanted();
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const line = lines[current() ?? -1];
      if (line) onToggle(line.kind === "run" ? [line.row.id] : line.group.rows.map(({ id }) => id));
    },
  });
}
