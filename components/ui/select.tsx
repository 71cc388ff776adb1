"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "./class-names";

export interface SelectOption<T extends string> {
  value: T;
  label: string;
}

interface Props<T extends string> {
  /** Shown before the value: `metric val/loss`. */
  label: string;
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  /** The label is only for screen readers. */
  hideLabel?: boolean;
  className?: string;
}

/** One of a few. The label stands inside the button, so that the row stays narrow. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel,
  className,
}: Props<T>) {
  return (
    <BaseSelect.Root
      items={[...options]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={cn(
          "inline-flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-ground px-2 text-sm select-none hover:bg-surface",
          className,
        )}
      >
        {hideLabel ? null : <span className="shrink-0 text-muted">{label}</span>}
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon className="text-faint">
          <ChevronsUpDown size={13} aria-hidden />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          className="z-50 outline-none select-none"
        >
          <BaseSelect.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay outline-none">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  className="flex h-8 cursor-default items-center gap-2 rounded px-2 text-sm outline-none data-highlighted:bg-active"
                >
                  <span className="flex size-4 items-center justify-center">
                    <BaseSelect.ItemIndicator>
                      <Check size={14} aria-hidden />
                    </BaseSelect.ItemIndicator>
                  </span>
                  <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
