"use client";

import { ArrowRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Badge } from "@/components/ui/badge";
import { TimeText } from "@/components/ui/time-text";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import { controlTitle, lrChange, presentControlStatus } from "@/lib/presenters/control/control-card";
import { isSnoozed } from "@/lib/presenters/control/waiting";
import { formatAgo, formatInstant, formatUntil } from "@/lib/presenters/format/relative-time";
import { AnswerButtons } from "./answer-buttons";
import { Evidence } from "./evidence";

interface Props {
  request: ControlRequest;
  runName: string;
  /** Where the run is shown; absent on the run's own page, which has its chart already. */
  run?: { href: string; project: string };
  /** A, R and S answer this one. */
  shortcuts?: boolean;
  /** The job may be asked to take it back. */
  mayRollBack?: boolean;
}

/** One proposed change: what, why, since when, and the answers while it waits for one. */
export function RequestCard({ request, runName, run, shortcuts = false, mayRollBack = false }: Props) {
  const now = useNow();
  const status = presentControlStatus(request.status);
  const waiting = request.status === "recommended";
  const snoozed = waiting && isSnoozed(request, now);
  return (
    <article aria-label={`${controlTitle(request)}, ${runName}`} className="flex flex-col gap-2 p-4 text-sm">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-base font-semibold tabular-nums">{controlTitle(request)}</h2>
        <Badge tone={status.tone} shape={status.shape}>
          {status.word}
        </Badge>
        {snoozed ? (
          <Badge tone="neutral" shape="clock">
            <span suppressHydrationWarning>back {formatUntil(request.snoozed_until ?? "", now)}</span>
          </Badge>
        ) : null}
        {run ? (
          <Link href={run.href} className="min-w-0 truncate hover:underline">
            <span className="text-muted">{run.project} / </span>
            {runName}
          </Link>
        ) : null}
        <TimeText
          iso={request.created_at}
          exact={formatInstant(request.created_at)}
          className="ml-auto text-xs whitespace-nowrap text-muted tabular-nums max-sm:ml-0"
        >
          {formatAgo(request.created_at, now)}
          {waiting ? `, expires ${formatUntil(request.expires_at, now)}` : ""}
        </TimeText>
      </header>
      <p className="max-w-prose text-pretty">{request.reason}</p>
      {run ? <Evidence request={request} withChart /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Change request={request} />
        <AnswerButtons {...{ request, runName, shortcuts, mayRollBack }} />
      </div>
      {run ? null : <Evidence request={request} withChart={false} />}
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
