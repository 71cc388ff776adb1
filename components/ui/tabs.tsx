"use client";

import { useId, type KeyboardEvent, type ReactNode } from "react";

export interface Tab {
  value: string;
  label: ReactNode;
  content: ReactNode;
}

interface Props {
  tabs: readonly Tab[];
  value: string;
  onChange: (value: string) => void;
  /** Names the list for screen readers. */
  label: string;
}

/** Panels of which one is shown; arrow keys move between the tabs, Enter shows one (ARIA's pattern, by hand). */
export function Tabs({ tabs, value, onChange, label }: Props) {
  const id = useId();
  const shown = tabs.find((tab) => tab.value === value);
  return (
    <div>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={moveFocus}
        className="flex gap-4 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={tab.value === value ? id : undefined}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
            className="-mb-px h-9 shrink-0 border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink aria-selected:border-ink aria-selected:font-medium aria-selected:text-ink"
          >
            {tab.label}
          </button>
        ))}
      </div>
      {shown ? (
        <div
          key={shown.value}
          id={id}
          role="tabpanel"
          aria-label={typeof shown.label === "string" ? shown.label : shown.value}
          tabIndex={0}
          className="pt-4 outline-none"
        >
          {shown.content}
        </div>
      ) : null}
    </div>
  );
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const tabs = [...event.currentTarget.children].filter((child) => child instanceof HTMLElement);
  const at = tabs.findIndex((tab) => tab === event.target);
  const to = at < 0 ? undefined : MOVES[event.key]?.(at, tabs.length);
  if (to === undefined) return;
  event.preventDefault();
  tabs[to]?.focus();
}
