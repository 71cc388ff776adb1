import type { ControlRequest, ControlStatus } from "@/lib/contracts/control";
import { formatInstant } from "@/lib/presenters/format/relative-time";

export interface StoppedBy {
  /** `stopped by ana`, `asked by ana to stop`. */
  text: string;
  /** When, and why, for hovering. */
  detail: string;
}

const OBEYED: readonly ControlStatus[] = ["applied", "verified"];
const ON_ITS_WAY: readonly ControlStatus[] = ["approved", "delivered"];

/** Who ended a run, or asked a running one to end; null when no request did, as when the job was killed where it ran. */
export function stoppedBy(requests: readonly ControlRequest[], running: boolean): StoppedBy | null {
  const wanted = running ? [...OBEYED, ...ON_ITS_WAY] : OBEYED;
  const request = requests.find(({ kind, status }) => kind === "stop" && wanted.includes(status));
  const asked = request?.history.find(({ status }) => status === "approved");
  if (!request || !asked) return null;
  return {
    text: running ? `asked by ${asked.by} to stop` : `stopped by ${asked.by}`,
    detail: `${formatInstant(asked.at)}: ${request.reason}`,
  };
}
