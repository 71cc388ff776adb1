"use client";

import { useEffect } from "react";
import type { HoverCard } from "@/lib/presenters/charts/chart-model";
import { readoutText } from "@/lib/presenters/charts/readout";

/** While a readout is shown, copying takes it with every digit; not from somebody who selected text, or types. */
export function useCopyReadout(card: HoverCard): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const types = document.activeElement?.matches("input, textarea") ?? false;
      if (types || document.getSelection()?.isCollapsed === false) return;
      event.clipboardData?.setData("text/plain", readoutText(card));
      event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    return () => document.removeEventListener("copy", onCopy);
  }, [card]);
}
