"use client";

import { useEffect, useEffectEvent } from "react";
import { matchKeys, type KeyState } from "@/lib/client/keyboard/match-keys";

/** Keys of the whole page, while no text field has the focus and no dialog is open: `{ "g h": goHome, "/": search }`. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const run = useEffectEvent((state: KeyState, event: KeyboardEvent): KeyState => {
    const press = {
      key: event.key,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      typing: takesText(event.target) || document.querySelector("[role=dialog]") !== null,
    };
    const { state: next, match } = matchKeys(state, press, Object.keys(actions));
    if (match !== null) {
      event.preventDefault();
      actions[match]?.();
    }
    return next;
  });

  useEffect(() => {
    let state: KeyState = { pending: null };
    const onKey = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.repeat) state = run(state, event);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox]):not([type=range]), textarea, select"))
  );
}
