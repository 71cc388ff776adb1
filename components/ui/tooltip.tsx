"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";

export const TooltipProvider = Tooltip.Provider;

interface Props {
  text: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** The element that the tip explains; it must take a ref and pass its props on. */
  children: ReactElement;
}

/** A short explanation on hover and on focus. */
export function Tip({ text, shortcut, side = "bottom", children }: Props) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="flex max-w-80 items-center gap-2 rounded-md bg-overlay px-2 py-1 text-xs text-ink shadow-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
            {shortcut ? <Kbd>{shortcut}</Kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
