"use client";

import { Status } from "@/components/ui/badge";
import { TimeText } from "@/components/ui/time-text";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import type { Run } from "@/lib/contracts/runs";
import { presentControlStatus } from "@/lib/presenters/control/control-card";
import { waitingFor } from "@/lib/presenters/control/waiting";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";

interface Props {
  request: ControlRequest;
  run: Pick<Run, "status" | "last_logged_at" | "started_at" | "log_gap" | "last_step">;
  /** The job has confirmed some request of the run. */
  everConfirmed: boolean;
}

/** Who or what did each step of a request and when; and, while it waits, for what. */
export function RequestTimeline({ request, run, everConfirmed }: Props) {
  const now = useNow();
  const waiting = run.status === "running" ? waitingFor(request, run, everConfirmed, now) : null;
  return (
    <div className="flex flex-col gap-2 p-4 text-sm max-lg:pt-0">
      <ol aria-label="History" className="flex flex-col gap-1">
        {request.history.map((transition, index) => {
          const status = presentControlStatus(transition.status);
          return (
            <li
              key={`${index} ${transition.status}`}
              className="grid grid-cols-[7.5rem_minmax(0,1fr)_auto] items-start gap-2"
            >
              <Status tone={status.tone} shape={status.shape}>
                {status.word}
              </Status>
              <span className="min-w-0 text-pretty text-muted">
                by {transition.by}
                {transition.note && transition.note !== request.reason ? `: ${transition.note}` : ""}
              </span>
              <TimeText
                iso={transition.at}
                exact={formatInstant(transition.at)}
                className="text-xs leading-[18px] whitespace-nowrap text-muted tabular-nums"
              >
                {formatAgo(transition.at, now)}
              </TimeText>
            </li>
          );
        })}
      </ol>
      {waiting === null ? null : (
        <p suppressHydrationWarning className="border-l-2 border-inflight pl-2 text-pretty text-muted">
          {waiting}
        </p>
      )}
    </div>
  );
}
