export const CONTROL_STATES = [
  ...(["recommended", "approved", "delivered", "applied", "verified"] as const),
  ...(["rejected", "expired", "superseded", "withdrawn", "failed", "rolled_back"] as const),
] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

export const CONTROL_EVENTS = [
  ...(["approve", "deliver", "redeliver", "ack", "fail"] as const),
  ...(["verify", "reject", "expire", "supersede", "withdraw", "rollback", "snooze"] as const),
] as const;
export type ControlEvent = (typeof CONTROL_EVENTS)[number];

/**
 * Every state is listed, so a new state without a row does not compile. Once delivered, a request may already be at
 * work in the training job: it can expire, but no longer be rejected or superseded. A policy withdraws what nobody decided
 * on once its plateau is over. `fail` after `applied` means that
 * the learning rate logged afterwards contradicts the acknowledgement.
 */
const NEXT: Record<ControlState, Partial<Record<ControlEvent, ControlState>>> = {
  recommended: {
    ...{ approve: "approved", reject: "rejected", expire: "expired", supersede: "superseded" },
    ...{ snooze: "recommended", withdraw: "withdrawn" },
  },
  approved: { deliver: "delivered", reject: "rejected", expire: "expired", supersede: "superseded" },
  delivered: { redeliver: "delivered", ack: "applied", fail: "failed", expire: "expired" },
  applied: { verify: "verified", fail: "failed", rollback: "rolled_back" },
  verified: { rollback: "rolled_back" },
  rejected: {},
  expired: {},
  superseded: {},
  withdrawn: {},
  failed: {},
  rolled_back: {},
};

/** `null`: the event does not apply here; callers answer 409. */
export const nextState = (from: ControlState, event: ControlEvent): ControlState | null =>
  NEXT[from][event] ?? null;

/** A plateau policy that applies on its own needs nobody's approval. */
export const initialControlState = (action: "recommend" | "apply"): "recommended" | "approved" =>
  action === "apply" ? "approved" : "recommended";

/** Someone has yet to act: a person (recommended) or the training job (approved, delivered). */
export const isOpen = (state: ControlState): boolean => OPEN.has(state);

const OPEN: ReadonlySet<ControlState> = new Set(["recommended", "approved", "delivered"]);

/** No event leads out. Applied and verified are neither open nor final: they can be rolled back. */
export const isFinal = (state: ControlState): boolean => Object.keys(NEXT[state]).length === 0;
