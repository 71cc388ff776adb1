import type { ControlRequest, ControlStatus } from "@/lib/contracts/control";
import type { Run } from "@/lib/contracts/runs";
import { formatInteger } from "@/lib/presenters/format/number";
import { runLiveness } from "@/lib/presenters/runs/run-status";
import { formatAge, formatAgo, formatUntil } from "@/lib/presenters/format/relative-time";

type Waiting = Pick<
  ControlRequest,
  "status" | "kind" | "group" | "history" | "expires_at" | "snoozed_until" | "applied_step"
>;
type Job = Pick<Run, "status" | "last_logged_at" | "started_at" | "log_gap" | "last_step">;

/** Clocks of a transition and of the log call that carried it differ by less than this. */
const SAME_CALL_MS = 1000;

/**
 * Why a request has not come further yet, in a sentence; null for one that waits for nothing. `everConfirmed`: the job has
 * confirmed some request of the run. `now` in milliseconds.
 */
export function waitingFor(request: Waiting, run: Job, everConfirmed: boolean, now: number): string | null {
  const until = formatUntil(request.expires_at, now);
  const expiry = until === "expired" ? "It has expired." : `It expires ${until}.`;
  switch (request.status) {
    case "recommended":
      return isSnoozed(request, now)
        ? `Snoozed, back in the inbox ${formatUntil(request.snoozed_until ?? "", now)}. ${expiry}`
        : `Waits for somebody to approve or reject it. ${expiry}`;
    case "approved":
      return `${notFetched(request, run, now)} ${expiry}`;
    case "delivered":
      return `${notConfirmed(request, run, everConfirmed, now)} ${expiry}`;
    case "applied":
      return notVerified(request, run);
    default:
      return null;
  }
}

export const isSnoozed = ({ snoozed_until: until }: Pick<Waiting, "snoozed_until">, now: number): boolean =>
  until !== null && Date.parse(until) > now;

function notFetched(request: Waiting, run: Job, now: number): string {
  const heard = run.last_logged_at;
  if (heard === null)
    return "The job has logged nothing yet; a request is delivered in the reply to what it logs.";
  const approved = timeOf(request, "approved");
  if (approved !== null && Date.parse(heard) > approved + SAME_CALL_MS)
    return "The job has logged since, but through a channel that delivers no requests (the MLflow wire, an import): it has never asked for control.";
  return runLiveness(run, now) !== "live"
    ? `The job last logged ${formatAgo(heard, now)} and may have stopped; requests are delivered in replies.`
    : `The job last logged ${formatAgo(heard, now)}; requests are delivered in replies.`;
}

function notConfirmed(
  request: Waiting,
  { last_logged_at: heard }: Job,
  everConfirmed: boolean,
  now: number,
): string {
  const delivered = timeOf(request, "delivered");
  const age = delivered === null ? "" : ` ${formatAge(new Date(delivered).toISOString(), now)} ago`;
  const loggedSince = heard !== null && delivered !== null && Date.parse(heard) > delivered + SAME_CALL_MS;
  if (!loggedSince) return `Delivered${age}; the job confirms it with its next log call.`;
  const again = `Delivered${age}. The job has logged since without confirming; it goes out again with every reply.`;
  return everConfirmed
    ? again
    : `${again} No request of this run was ever confirmed: a job without an lrscope client cannot carry one out.`;
}

function notVerified({ kind, group, applied_step: step }: Waiting, run: Job): string {
  if (kind === "stop") return "The job has confirmed; it will end the run itself.";
  const lr = group === undefined ? "the LR" : `the LR of group ${group}`;
  const from = step === null ? "afterwards" : `from step ${formatInteger(step)} on`;
  if (step === null || run.last_step === null || run.last_step < step)
    return `The job says that it made the change; verified once ${lr} is logged ${from}.`;
  return `The job says that it made the change. What was logged ${from} neither confirms nor contradicts it: ${lr} is not logged, or its schedule is not declared.`;
}

function timeOf({ history }: Waiting, status: ControlStatus): number | null {
  const found = history.find((transition) => transition.status === status);
  return found ? Date.parse(found.at) : null;
}
