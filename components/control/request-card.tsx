"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { TimeText } from "@/components/ui/time-text";
import type { Decision } from "@/lib/client/control/queries";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import { controlTitle, lrChange, presentControlStatus } from "@/lib/presenters/control/control-card";
import { evidenceRows } from "@/lib/presenters/control/evidence";
import { formatAgo, formatInstant, formatUntil } from "@/lib/presenters/format/relative-time";
import { useAnswer } from "./use-answer";

interface Props {
  request: ControlRequest;
  runName: string;
  /** Where the run is shown; absent on the run's own page. */
  run?: { href: string; project: string };
  /** A and R decide this one. */
  shortcuts?: boolean;
}

/** One proposed change: what, why, since when, and the two answers while it waits for one. */
export function RequestCard({ request, runName, run, shortcuts = false }: Props) {
  const now = useNow();
  const status = presentControlStatus(request.status);
  const waiting = request.status === "recommended";
  return (
    <article aria-label={`${controlTitle(request)}, ${runName}`} className="flex flex-col gap-2 p-4 text-sm">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-base font-semibold tabular-nums">{controlTitle(request)}</h2>
        <Badge tone={status.tone} shape={status.shape}>
          {status.word}
        </Badge>
        {run ? (
          <Link href={run.href} className="truncate hover:underline">
            <span className="text-muted">{run.project} / </span>
            {runName}
          </Link>
        ) : null}
        <TimeText
          iso={request.created_at}
          exact={formatInstant(request.created_at)}
          className="ml-auto text-xs whitespace-nowrap text-muted tabular-nums"
        >
          {formatAgo(request.created_at, now)}
          {waiting ? `, expires ${formatUntil(request.expires_at, now)}` : ""}
        </TimeText>
      </header>
      <p className="max-w-prose text-pretty">{request.reason}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Change request={request} />
        {waiting || request.status === "approved" ? (
          <Answers request={request} runName={runName} shortcuts={shortcuts} />
        ) : null}
      </div>
      <Evidence request={request} />
    </article>
  );
}

function Change({ request }: { request: ControlRequest }) {
  const change = lrChange(request);
  if (!change) return null;
  return (
    <span className="inline-flex items-center gap-2 font-mono text-sm tabular-nums">
      <span className="sr-only">LR from</span>
      <span className="text-muted">{change.from}</span>
      <ArrowRight size={14} aria-hidden className="text-faint" />
      <span className="sr-only">to</span>
      <span className="font-semibold">{change.to}</span>
    </span>
  );
}

/** Approve or reject while it waits; withdraw while the job has not got it. */
function Answers({
  request,
  runName,
  shortcuts,
}: Required<Pick<Props, "request" | "runName" | "shortcuts">>) {
  const { answer, isPending } = useAnswer(request, runName);
  if (request.status === "approved") {
    return (
      <Button size="small" disabled={isPending} onClick={() => answer("reject")}>
        Withdraw
      </Button>
    );
  }
  return (
    <span className="flex items-center gap-2">
      {shortcuts && !isPending ? <AnswerKeys onAnswer={answer} /> : null}
      <Button variant="primary" size="small" disabled={isPending} onClick={() => answer("approve")}>
        Approve {shortcuts ? <Key>A</Key> : null}
      </Button>
      <Button size="small" disabled={isPending} onClick={() => answer("reject")}>
        Reject {shortcuts ? <Kbd>R</Kbd> : null}
      </Button>
    </span>
  );
}

/** A key on the main button, whose ground is the accent. */
function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-on-accent/40 px-1 font-mono text-xs leading-4">{children}</kbd>
  );
}

function AnswerKeys({ onAnswer }: { onAnswer: (choice: Decision) => void }) {
  useShortcuts({ a: () => onAnswer("approve"), r: () => onAnswer("reject") });
  return null;
}

function Evidence({ request }: { request: ControlRequest }) {
  const [open, setOpen] = useState(false);
  const rows = evidenceRows(request.evidence);
  if (rows.length === 0) return null;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="rounded text-xs text-muted underline-offset-2 hover:text-ink hover:underline"
      >
        {open ? "Hide the evidence" : "Show the evidence"}
      </button>
      {open ? (
        <dl className="mt-2 grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1 text-xs">
          {rows.map(({ name, value }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
