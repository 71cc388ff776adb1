"use client";

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
    <button
      type="button"
      role="checkbox"
      aria-label={label}
      aria-checked={mixed ? "mixed" : checked}
      onClick={() => onChange(!checked)}
      disabled={disabled}
      className="flex size-4 shrink-0 items-center justify-center rounded border border-line-strong bg-ground text-on-accent disabled:opacity-50 aria-[checked=mixed]:border-accent aria-[checked=mixed]:bg-accent aria-[checked=true]:border-accent aria-[checked=true]:bg-accent"
    >
      {mixed ? (
        <Minus size={12} strokeWidth={3} aria-hidden />
      ) : checked ? (
        <Check size={12} strokeWidth={3} aria-hidden />
      ) : null}
    </button>
  );
}
