"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useLayoutEffect, useRef, useState, type ComponentProps } from "react";
import type { Completion } from "@/lib/presenters/runs/filter-completion";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange" | "defaultValue"> {
  text: string;
  onText: (text: string) => void;
  completions: readonly Completion[];
  /** Whether the list of completions is shown. */
  onOpen: (open: boolean) => void;
}

/** The filter's field with completions; it takes over the focus of the plain one that it replaces. */
export function FilterField({ text, onText, completions, onOpen, ...input }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [home] = useState(() => document.querySelector("main"));
  // Before the next key, which would go nowhere.
  useLayoutEffect(() => {
    // Nothing has it since the plain field went; where somebody has moved on, it stays there.
    if (document.activeElement === document.body) field.current?.focus();
  }, []);
  const change = (next: boolean) => {
    setOpen(next);
    onOpen(next);
  };
  return (
    <Autocomplete.Root
      items={completions}
      mode="none"
      value={text}
      onValueChange={onText}
      itemToStringValue={(item: Completion) => item.value}
      open={open && completions.length > 0}
      onOpenChange={change}
      openOnInputClick
    >
      <Autocomplete.Input
        ref={field}
        {...input}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !open) event.currentTarget.blur();
        }}
      />
      <Autocomplete.Portal container={home ?? undefined} className="contents">
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-40 outline-none">
          <Autocomplete.Popup className="max-h-(--available-height) w-(--anchor-width) min-w-80 overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay">
            <Autocomplete.List>
              {(item: Completion) => (
                <Autocomplete.Item
                  key={item.value}
                  value={item}
                  className="flex h-8 cursor-default items-center gap-3 rounded px-2 text-sm outline-none data-highlighted:bg-active"
                >
                  <span className="max-w-[70%] shrink-0 truncate font-mono">{item.label}</span>
                  <span className="truncate text-muted">{item.about}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
