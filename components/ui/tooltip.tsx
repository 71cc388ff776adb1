"use client";

import { lazy, Suspense, useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { Trigger, type TriggerProps } from "./trigger";

/** Fetched when a tip is first wanted. */
const TipPopup = lazy(() => import("./tip-popup").then((file) => ({ default: file.TipPopup })));

const OPEN_AFTER_MS = 400;
/** Long enough to move the pointer onto the tip. */
const CLOSE_AFTER_MS = 100;
/** From one tip to the next there is no wait. */
const STILL_READING_MS = 400;
let lastClosed = -Infinity;
const delay = () => (performance.now() - lastClosed < STILL_READING_MS ? 0 : OPEN_AFTER_MS);

interface Props {
  text: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** The element that the tip explains; it must take a ref and pass its props on. */
  children: ReactElement<TriggerProps>;
}

/** A short explanation on hover and on focus. */
export function Tip({ text, shortcut, side = "bottom", children }: Props) {
  const anchor = useRef<HTMLElement>(null);
  const { open, asked, show, hide } = useDelayed();
  return (
    <>
      <Trigger
        anchor={anchor}
        onPointerEnter={(event) => {
          if (event.pointerType === "mouse") show(delay());
        }}
        onPointerLeave={() => hide(CLOSE_AFTER_MS)}
        // What was pressed is known.
        onPointerDown={() => hide(0)}
        onFocus={(event) => {
          if (event.currentTarget.matches(":focus-visible")) show(0);
        }}
        onBlur={() => hide(0)}
      >
        {children}
      </Trigger>
      {asked ? (
        <Suspense fallback={null}>
          <TipPopup
            anchor={anchor}
            open={open}
            side={side}
            shortcut={shortcut}
            onStay={() => show(0)}
            onClose={() => hide(0)}
          >
            {text}
          </TipPopup>
        </Suspense>
      ) : null}
    </>
  );
}

function useDelayed() {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setAsked(true);
      setOpen(true);
    }, ms);
  };
  const hide = (ms: number) => {
    clearTimeout(timer.current);
    if (!open) return;
    timer.current = setTimeout(() => {
      lastClosed = performance.now();
      setOpen(false);
    }, ms);
  };
  return { open, asked, show, hide };
}
