"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

const ITEM =
  "flex h-8 cursor-default items-center gap-2 rounded px-2 text-sm outline-none select-none data-highlighted:bg-active data-disabled:opacity-50";

interface Props {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
}

/** A button's list of actions. Fill it with `MenuItem` and `MenuCheck`. */
export function Menu({ trigger, children, align = "end" }: Props) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={4} className="z-50 outline-none">
          <BaseMenu.Popup className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  onClick?: () => void;
  disabled?: boolean;
  danger?: boolean;
}

export function MenuItem({ children, onClick, disabled, danger }: ItemProps) {
  return (
    <BaseMenu.Item className={cn(ITEM, danger && "text-failed")} onClick={onClick} disabled={disabled}>
      {children}
    </BaseMenu.Item>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** An option that can be on or off; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: CheckProps) {
  return (
    <BaseMenu.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} closeOnClick={false}>
      <span className="flex size-4 items-center justify-center">
        <BaseMenu.CheckboxItemIndicator>
          <Check size={14} aria-hidden />
        </BaseMenu.CheckboxItemIndicator>
      </span>
      {children}
    </BaseMenu.CheckboxItem>
  );
}
