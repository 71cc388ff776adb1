"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { cn } from "./class-names";

/** Fetched when a pointer or the focus comes near the button. */
const load = () => import("./select-popup");
const SelectPopup = lazy(() => load().then((file) => ({ default: file.SelectPopup })));

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

const OPENING = new Set(["ArrowDown", "ArrowUp"]);

/** One of a few. The label stands inside the button, so that the row stays narrow. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel,
  className,
}: Props<T>) {
  const anchor = useRef<HTMLButtonElement>(null);
  const list = useId();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const [home, setHome] = useState<HTMLElement>();
  const change = (next: boolean) => {
    setAsked(true);
    setHome(anchor.current?.closest("main") ?? undefined);
    setOpen(next);
  };
  const choose = (next: string) => {
    const option = options.find((one) => one.value === next);
    if (option) onChange(option.value);
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        role="combobox"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => change(!open)}
        onKeyDown={(event) => {
          if (!OPENING.has(event.key)) return;
          event.preventDefault();
          change(true);
        }}
        className={cn(
          "inline-flex min-w-0 weak:h-8 weak:max-w-full items-center gap-1.5 rounded-md border border-line-strong bg-ground px-2 text-sm select-none hover:bg-surface",
          className,
        )}
      >
        {hideLabel ? null : <span className="shrink-0 text-muted">{label}</span>}
        <span className="truncate">{options.find((option) => option.value === value)?.label ?? value}</span>
        <ChevronsUpDown size={13} aria-hidden className="ml-auto shrink-0 text-faint" />
      </button>
      {asked ? (
        <Suspense fallback={null}>
          <SelectPopup
            anchor={anchor}
            home={home}
            listId={list}
            label={label}
            open={open}
            onOpenChange={change}
            value={value}
            options={options}
            onChange={choose}
          />
        </Suspense>
      ) : null}
    </>
  );
}
