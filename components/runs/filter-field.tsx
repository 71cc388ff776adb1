"use client";

import { useId, useState, type ComponentProps, type KeyboardEvent } from "react";
import { cn } from "@/components/ui/class-names";
import type { Completion } from "@/lib/presenters/runs/filter-completion";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  text: string;
  onText: (text: string) => void;
  completions: readonly Completion[];
  /** Whether the list of completions is wanted; it is shown when there are some. */
  open: boolean;
  onOpen: (open: boolean) => void;
}

const NONE = -1;

/** A field with completions under it. The focus stays in the field, and nothing around it is hidden from anyone. */
export function FilterField({ text, onText, completions, open, onOpen, ...input }: Props) {
  const id = useId();
  const [at, setAt] = useState(NONE);
  const shown = open && completions.length > 0;
  const active = shown ? completions[at] : undefined;
  const turn = (next: boolean) => {
    setAt(NONE);
    onOpen(next);
  };
  const choose = ({ value }: Completion) => {
    turn(false);
    onText(value);
  };
  /** Past the last one the field itself has its turn, and then the first. */
  const step = (by: 1 | -1) => {
    const places = completions.length + 1;
    setAt((((shown ? at : NONE) + 1 + by + places) % places) - 1);
    onOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    if (event.nativeEvent.isComposing) return;
    if (key === "Escape" && !shown) event.currentTarget.blur();
    else if (key === "Escape") turn(false);
    else if (key === "Enter" && active) choose(active);
    else if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        {...input}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={active ? `${id}${at}` : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          turn(true);
          onText(event.target.value);
        }}
        onClick={() => onOpen(true)}
        onBlur={() => turn(false)}
        onKeyDown={onKeyDown}
      />
      {shown ? (
        <ul
          id={id}
          role="listbox"
          aria-label="Completions"
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute top-full left-0 z-40 mt-1 max-h-[min(24rem,60dvh)] w-full min-w-80 overflow-y-auto rounded-md bg-overlay p-1 text-ink shadow-overlay"
        >
          {completions.map((completion, index) => (
            <li
              key={completion.value}
              id={`${id}${index}`}
              ref={index === at ? scrollThere : undefined}
              role="option"
              aria-selected={index === at}
              onPointerMove={() => setAt(index)}
              onClick={() => choose(completion)}
              className={cn(
                "flex h-8 cursor-default items-center gap-3 rounded px-2 text-sm",
                index === at && "bg-active",
              )}
            >
              <span className="max-w-[70%] shrink-0 truncate font-mono">{completion.label}</span>
              <span className="truncate text-muted">{completion.about}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

const scrollThere = (option: HTMLElement | null) => option?.scrollIntoView({ block: "nearest" });
