"use client";

import { lazy, Suspense, useId, useRef, useState, type ReactElement, type ReactNode } from "react";
import { Trigger, type TriggerProps } from "./trigger";

/** Fetched when a pointer or the focus comes near a menu's button. */
const load = () => import("./menu-popup");
const MenuPopup = lazy(() => load().then((file) => ({ default: file.MenuPopup })));

/** What a menu is filled with. */
export const MenuItem = lazy(() => load().then((file) => ({ default: file.MenuItem })));
/** An option that can be on or off; the menu stays open. */
export const MenuCheck = lazy(() => load().then((file) => ({ default: file.MenuCheck })));

interface Props {
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
  align?: "start" | "center" | "end";
}

/** A button's list of actions. Fill it with `MenuItem` and `MenuCheck`. */
export function Menu({ trigger, children, align = "end" }: Props) {
  const anchor = useRef<HTMLElement>(null);
  const id = useId();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const [home, setHome] = useState<HTMLElement>();
  const change = (next: boolean) => {
    setAsked(true);
    setHome(anchor.current?.closest("main") ?? undefined);
    setOpen(next);
  };
  return (
    <>
      <Trigger
        id={id}
        anchor={anchor}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => change(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          change(true);
        }}
      >
        {trigger}
      </Trigger>
      {asked ? (
        <Suspense fallback={null}>
          <MenuPopup
            anchor={anchor}
            home={home}
            labelledBy={id}
            open={open}
            onOpenChange={change}
            align={align}
          >
            {children}
          </MenuPopup>
        </Suspense>
      ) : null}
    </>
  );
}
