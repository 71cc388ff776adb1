"use client";

import { RequestCard } from "@/components/control/request-card";
import { RequestTimeline } from "@/components/control/request-timeline";
import { EmptyState } from "@/components/ui/empty-state";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import type { Overlay } from "@/lib/contracts/overlay";
import type { Run } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { canRollBack } from "@/lib/presenters/control/control-card";
import { ControlForm } from "./control-form";

interface Props {
  run: Run;
  requests: readonly ControlRequest[];
  lr: Overlay["lr"];
}

/** A change by hand, and the life of every request so far. */
export function ControlTab({ run, requests, lr }: Props) {
  const now = useNow();
  const running = run.status === "running";
  const everConfirmed = requests.some(({ history }) => history.some(({ by }) => by === "job"));
  const last = requests.find((request) => canRollBack(request, requests, running, now));
  const shared = { run, last, everConfirmed };
  // What nobody answered must not bury what somebody did.
  const isUnanswered = ({ status }: ControlRequest) => status === "superseded" || status === "withdrawn";
  const unanswered = requests.filter(isUnanswered);
  const kept = requests.filter((request) => !isUnanswered(request));
  return (
    <div className="flex flex-col gap-6">
      {running ? <ControlForm run={run} lr={lr} /> : null}
      {requests.length === 0 ? (
        <EmptyState title="No request yet">
          A plateau policy recommends a change when its metric stops improving
          {running ? ", or you can ask for one above" : ""}.
        </EmptyState>
      ) : (
        <>
          <Requests requests={kept} {...shared} />
          {unanswered.length > 0 ? (
            <details>
              <summary className="w-fit cursor-pointer rounded text-sm text-muted hover:text-ink">
                {plural(unanswered.length, "recommendation")} that nobody answered before the plateau was over
              </summary>
              <Requests requests={unanswered} {...shared} />
            </details>
          ) : null}
        </>
      )}
    </div>
  );
}

interface RequestsProps extends Pick<Props, "run" | "requests"> {
  /** The one that the job may be asked to take back. */
  last: ControlRequest | undefined;
  everConfirmed: boolean;
}

function Requests({ run, requests, last, everConfirmed }: RequestsProps) {
  if (requests.length === 0) return null;
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      {requests.map((request) => (
        <li key={request.id} className="grid lg:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]">
          <RequestCard request={request} runName={run.name} mayRollBack={request === last} />
          <RequestTimeline {...{ request, run, everConfirmed }} />
        </li>
      ))}
    </ul>
  );
}
