"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { Button, buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { PanelError } from "@/components/ui/panel-error";
import { inboxQuery, wholeInboxQuery } from "@/lib/client/control/queries";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import type { InboxItem, InboxPage } from "@/lib/contracts/control";
import { plural } from "@/lib/presenters/format/number";
import { runHref } from "@/lib/presenters/runs/run-row";
import { RequestCard } from "./request-card";

/** Everything that waits for a decision, over all runs; J and K choose one, and the keys answer it. */
export function Inbox({ initial }: { initial: z.infer<typeof InboxPage> }) {
  const { data, error, refetch } = useQuery({ ...inboxQuery(), initialData: initial });
  const { items } = data;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-6">
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">Inbox</h1>
        <p className="text-base text-muted" role="status">
          {items.length === 0
            ? "Changes that lrscope recommends for your runs wait here."
            : `${plural(items.length, "change waits", "changes wait")} for your decision. A job takes up an approved change with its next report; from then on it cannot be withdrawn.`}
        </p>
      </header>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {items.length === 0 ? <Empty /> : <Waiting items={items} />}
      <Snoozed waiting={items} />
    </div>
  );
}

function Empty() {
  return (
    <EmptyState
      title="Nothing waits for you"
      className="rounded-lg border border-line"
      actions={
        <Link href="/" className={buttonClass()}>
          Go to your projects
        </Link>
      }
    >
      Give a run a plateau policy with the action <code className="font-mono text-sm">recommend</code>, and a
      recommendation to lower its learning rate appears here when its loss stops moving.
    </EmptyState>
  );
}

function Waiting({ items }: { items: readonly InboxItem[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const found = items.findIndex(({ id }) => id === chosen);
  const at = Math.max(0, found);
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number) => setChosen(items[Math.min(items.length - 1, Math.max(0, at + by))]?.id ?? null);
  useShortcuts({ j: () => move(1), k: () => move(-1) });
  useEffect(() => {
    // Only after a key was pressed: the page must not scroll by itself.
    if (chosen !== null) list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [chosen, at]);
  return (
    <>
      <ul ref={list} className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {items.map((item, index) => (
          <li
            key={item.id}
            aria-current={index === at && items.length > 1 ? "true" : undefined}
            className={cn(
              "scroll-my-16",
              index === at && items.length > 1 && "shadow-[inset_2px_0_0_var(--accent)]",
            )}
          >
            <Item item={item} shortcuts={index === at} />
          </li>
        ))}
      </ul>
      {items.length > 1 ? (
        <p className="flex items-center gap-1.5 text-xs text-muted max-sm:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> next and previous
        </p>
      ) : null}
    </>
  );
}

const Item = ({ item, shortcuts }: { item: InboxItem; shortcuts: boolean }) => (
  <RequestCard
    request={item}
    runName={item.run.name}
    run={{ href: runHref(item.run.project.id, item.run_id), project: item.run.project.name }}
    shortcuts={shortcuts}
  />
);

/** What was put off, behind a button. */
function Snoozed({ waiting }: { waiting: readonly InboxItem[] }) {
  const [open, setOpen] = useState(false);
  const { data } = useQuery(wholeInboxQuery());
  const snoozed = data?.items.filter(({ id }) => waiting.every((item) => item.id !== id)) ?? [];
  if (snoozed.length === 0) return null;
  return (
    <section aria-label="Snoozed" className="flex flex-col items-start gap-2">
      <Button size="small" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Hide" : "Show"} {snoozed.length} snoozed
      </Button>
      {open ? (
        <ul className="w-full divide-y divide-line rounded-lg border border-line">
          {snoozed.map((item) => (
            <li key={item.id}>
              <Item item={item} shortcuts={false} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
