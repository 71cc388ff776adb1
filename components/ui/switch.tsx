"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import type { ReactNode } from "react";

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  disabled?: boolean;
}

/** Something that is on or off at once, with its words. */
export function Switch({ checked, onChange, children, disabled }: Props) {
  return (
    <label className="inline-flex items-center gap-2 text-sm select-none">
      <BaseSwitch.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="flex h-[18px] w-8 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <BaseSwitch.Thumb className="aspect-square h-full rounded-full bg-ground transition-transform data-checked:translate-x-3.5" />
      </BaseSwitch.Root>
      {children}
    </label>
  );
}
