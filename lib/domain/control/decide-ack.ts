import { nextState, type ControlState } from "./next-state";

export type AckOutcome = "applied" | "failed";

export type AckDecision =
  /** Move to `to`. `late`: the request had expired, so this is not a row of the transition table. */
  | { kind: "accept"; to: ControlState; late: boolean }
  /** The same acknowledgement again (a retried batch): answer as the first time, change nothing. */
  | { kind: "repeat" }
  /** Nothing that this client could have been asked for; callers answer 409. */
  | { kind: "refuse" };

const AFTER_APPLIED: ReadonlySet<ControlState> = new Set(["verified", "rolled_back"]);

/**
 * What to do with a client's acknowledgement. Expiry keeps a stale request from being *delivered*; it cannot call back
 * one that was. If the training job had it in hand and reports what it did, the report is the truth about the learning
 * rate, so it counts even after expiry: refusing it would leave our effective rate wrong for the rest of the run.
 * An expired request that was never delivered cannot have been carried out.
 */
export function decideAck(state: ControlState, outcome: AckOutcome, wasDelivered: boolean): AckDecision {
  if (state === "expired" && wasDelivered) return { kind: "accept", to: outcome, late: true };
  if (state === outcome || (outcome === "applied" && AFTER_APPLIED.has(state))) return { kind: "repeat" };
  // `applied → failed` is our own verdict from the log, never the client's change of mind.
  const to = state === "delivered" ? nextState(state, outcome === "applied" ? "ack" : "fail") : null;
  return to ? { kind: "accept", to, late: false } : { kind: "refuse" };
}
