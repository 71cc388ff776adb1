"use client";

import { lazy, Suspense, useState, type ReactElement } from "react";
import type { DialogContent } from "./dialog-popup";
import { Trigger, type TriggerProps } from "./trigger";

/** Fetched when a dialog is first wanted. */
const load = () => import("./dialog-popup");
const DialogPopup = lazy(() => load().then((file) => ({ default: file.DialogPopup })));

/** Closes the dialog that it stands in. */
export const DialogClose = lazy(() => load().then((file) => ({ default: file.DialogClose })));

interface Props extends DialogContent {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, when it is not opened from outside. */
  trigger?: ReactElement<TriggerProps>;
}

/** A modal question or form: traps focus, closes on Escape. */
export function Dialog({ open, onOpenChange, trigger, ...content }: Props) {
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const [asked, setAsked] = useState(isOpen);
  if (isOpen && !asked) setAsked(true);
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return (
    <>
      {trigger ? (
        <Trigger
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onPointerEnter={load}
          onFocus={load}
          onClick={() => change(true)}
        >
          {trigger}
        </Trigger>
      ) : null}
      {asked ? (
        <Suspense fallback={null}>
          <DialogPopup {...content} open={isOpen} onOpenChange={change} />
        </Suspense>
      ) : null}
    </>
  );
}
