"use client";

import { RequestCard } from "@/components/control/request-card";
import { Status } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeText } from "@/components/ui/time-text";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import type { Run } from "@/lib/contracts/runs";
import { presentControlStatus } from "@/lib/presenters/control/control-card";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { ControlForm } from "./control-form";

interface Props {
  run: Run;
  requests: readonly ControlRequest[];
  /** The LR in use, when known. */
  lr: number | null;
}

/** A change by hand, and the life of every request so far. */
export function ControlTab({ run, requests, lr }: Props) {
  return (
    <div className="flex flex-col gap-6">
      {run.status === "running" ? <ControlForm runId={run.id} lr={lr} /> : null}
      {requests.length === 0 ? (
        <EmptyState title="No request yet">
          A plateau policy recommends a change when its metric stops improving
          {run.status === "running" ? ", or you can ask for one above" : ""}.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {requests.map((request) => (
            <li key={request.id} className="grid lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
              <RequestCard request={request} runName={run.name} />
              <Timeline request={request} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Timeline({ request }: { request: ControlRequest }) {
  const now = useNow();
  return (
    <ol aria-label="History" className="flex flex-col gap-1 p-4 text-sm max-lg:pt-0">
      {request.history.map((transition) => {
        const status = presentControlStatus(transition.status);
        return (
          <li
            key={`${transition.status} ${transition.at}`}
            className="grid grid-cols-[7.5rem_minmax(0,1fr)_auto] items-start gap-2"
          >
            <Status tone={status.tone} shape={status.shape}>
              {status.word}
            </Status>
            <span className="min-w-0 text-muted">
              by {transition.by}
              {transition.note && transition.note !== request.reason ? `: ${transition.note}` : ""}
            </span>
            <TimeText
              iso={transition.at}
              exact={formatInstant(transition.at)}
              className="text-xs whitespace-nowrap text-muted tabular-nums"
            >
              {formatAgo(transition.at, now)}
            </TimeText>
          </li>
        );
      })}
    </ol>
  );
}
