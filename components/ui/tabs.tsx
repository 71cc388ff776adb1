"use client";

import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { cn } from "./class-names";

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
      <TabList tabs={tabs} value={value} onChange={onChange} label={label} panelId={id} />
      {shown ? <TabPanel key={shown.value} id={id} tab={shown} className="pt-4" /> : null}
    </div>
  );
}

interface PageTabsProps extends Props {
  /** Grows with every wish to see the tab, so that asking again for the one that is open shows it too. */
  asked: number;
}

/**
 * The tabs of a page, under something tall. Their head stays in sight, and what is chosen is scrolled to, no further than
 * it takes. The panel leaves room for the whole window, so that a shorter tab does not move the page.
 */
export function PageTabs({ asked, ...props }: PageTabsProps) {
  const { tabs, value } = props;
  const id = useId();
  const content = useRef<HTMLDivElement>(null);
  const wish = `${value} ${asked}`;
  const seen = useRef(wish);
  useEffect(() => {
    if (seen.current === wish) return;
    seen.current = wish;
    content.current?.scrollIntoView({ block: "nearest" });
    const panel = content.current?.parentElement;
    // Asked for from elsewhere: the keyboard goes on where the reader looks now.
    if (document.activeElement?.role !== "tab") panel?.focus({ preventScroll: true });
  }, [wish]);
  const shown = tabs.find((tab) => tab.value === value);
  return (
    <>
      <TabList {...props} panelId={id} className="sticky top-12 z-10 bg-ground xl:bottom-0 xl:border-t" />
      {shown ? (
        <TabPanel
          key={shown.value}
          id={id}
          tab={shown}
          contentRef={content}
          className="min-h-[calc(100svh-6rem)]"
        />
      ) : null}
    </>
  );
}

interface TabListProps extends Props {
  panelId: string;
  className?: string;
}

function TabList({ tabs, value, onChange, label, panelId, className }: TabListProps) {
  return (
    <div
      role="tablist"
      aria-label={label}
      onKeyDown={moveFocus}
      className={cn("flex gap-4 overflow-x-auto border-b border-line", className)}
    >
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? panelId : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          className="-mb-px h-9 shrink-0 border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink aria-selected:border-ink aria-selected:font-medium aria-selected:text-ink"
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  id: string;
  tab: Tab;
  className: string;
  contentRef?: RefObject<HTMLDivElement | null>;
}

const TabPanel = ({ id, tab, className, contentRef }: TabPanelProps) => (
  <div
    id={id}
    role="tabpanel"
    aria-label={typeof tab.label === "string" ? tab.label : tab.value}
    tabIndex={0}
    className={cn("outline-none", className)}
  >
    {contentRef ? (
      <div ref={contentRef} className="scroll-mt-22 scroll-mb-20 pt-2 md:scroll-mb-4">
        {tab.content}
      </div>
    ) : (
      tab.content
    )}
  </div>
);

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
