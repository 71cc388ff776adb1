import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode, RefObject } from "react";
import { Kbd } from "./kbd";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  side: "top" | "right" | "bottom" | "left";
  shortcut?: string;
  children: ReactNode;
  /** The pointer moved onto the tip. */
  onStay: () => void;
  onClose: () => void;
}

/** What a `Tip` shows, to the eye alone: what has a tip says as much in its label. */
export function TipPopup({ anchor, open, side, shortcut, children, onStay, onClose }: Props) {
  return (
    <Tooltip.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Tooltip.Portal aria-hidden>
        <Tooltip.Positioner anchor={anchor} side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup
            onPointerEnter={onStay}
            onPointerLeave={onClose}
            className="flex max-w-80 items-center gap-2 rounded-md bg-overlay px-2 py-1 text-xs text-ink shadow-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
            {shortcut ? <Kbd>{shortcut}</Kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
