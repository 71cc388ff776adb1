"use client";

import { useEffect, useEffectEvent, type Dispatch } from "react";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import { selectedOf, type Design, type DesignAction } from "@/lib/presenters/schedules/design";

/** Undo and redo everywhere but in a text area, which has its own; single keys outside of fields. */
export function useDesignerKeys(
  design: Design,
  dispatch: Dispatch<DesignAction>,
  more: Readonly<Record<"n" | "s", () => void>>,
): void {
  const onUndoKey = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (target instanceof HTMLTextAreaElement || document.querySelector("[role=dialog]") !== null) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    dispatch({ type: key === "y" || event.shiftKey ? "redo" : "undo" });
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => onUndoKey(event);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const current = selectedOf(design);
  const move = (by: number) => () => {
    const at = design.candidates.findIndex(({ id }) => id === current?.id);
    const next = design.candidates[at + by];
    if (next) dispatch({ type: "select", id: next.id });
  };
  const onCurrent = (act: (id: number) => DesignAction) => () => {
    if (current) dispatch(act(current.id));
  };
  useShortcuts({
    ...more,
    d: onCurrent((id) => ({ type: "duplicate", id })),
    h: onCurrent((id) => ({ type: "hide", id, hidden: !(current?.hidden ?? false) })),
    j: move(1),
    k: move(-1),
  });
}
