"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import { inboxQuery } from "@/lib/client/control/queries";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { InboxPage } from "@/lib/contracts/control";
import { plural } from "@/lib/presenters/format/number";
import { runHref } from "@/lib/presenters/runs/run-row";
import type { z } from "zod";
import { RequestCard } from "./request-card";

/** Everything that waits for a decision, over all runs; the keys decide the first one. */
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
      {items.length === 0 ? (
        <EmptyState
          title="Nothing waits for you"
          className="rounded-lg border border-line"
          actions={
            <Link href="/" className={buttonClass()}>
              Go to your projects
            </Link>
          }
        >
          Give a run a plateau policy with the action <code className="font-mono text-sm">recommend</code>,
          and a recommendation to lower its learning rate appears here when its loss stops moving.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {items.map((item, index) => (
            <li key={item.id}>
              <RequestCard
                request={item}
                runName={item.run.name}
                run={{ href: runHref(item.run.project.id, item.run_id), project: item.run.project.name }}
                shortcuts={index === 0}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
