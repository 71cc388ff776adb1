"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";

interface Props {
  checked: boolean;
  /** Some, but not all. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean;
}

export function Checkbox({ checked, mixed = false, onChange, label, disabled }: Props) {
  return (
    <BaseCheckbox.Root
      aria-label={label}
      checked={checked}
      indeterminate={mixed}
      // Not the event's own value: after a box was mixed, the browser's idea of it can differ from ours.
      onCheckedChange={() => onChange(!checked)}
      disabled={disabled}
      className="flex size-4 shrink-0 items-center justify-center rounded border border-line-strong bg-ground text-on-accent data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <BaseCheckbox.Indicator>
        {mixed ? (
          <Minus size={12} strokeWidth={3} aria-hidden />
        ) : (
          <Check size={12} strokeWidth={3} aria-hidden />
        )}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
}
