import type { ControlRequest, ControlStatus, Decision, Rates } from "@/lib/contracts/control";
import { formatLrs } from "@/lib/presenters/format/number";
import { formatInstant } from "@/lib/presenters/format/relative-time";

export interface ControlStatusModel {
  word: string;
  tone: "neutral" | "recommended" | "inflight" | "verified" | "failed";
  shape: "dot" | "ring" | "check" | "cross" | "triangle" | "clock";
}

/** Meaning has a colour, a shape and a word each. */
const STATUS: Record<ControlStatus, ControlStatusModel> = {
  recommended: { word: "recommended", tone: "recommended", shape: "triangle" },
  approved: { word: "approved", tone: "inflight", shape: "ring" },
  delivered: { word: "delivered", tone: "inflight", shape: "dot" },
  applied: { word: "applied", tone: "inflight", shape: "check" },
  verified: { word: "verified", tone: "verified", shape: "check" },
  rejected: { word: "rejected", tone: "neutral", shape: "cross" },
  expired: { word: "expired", tone: "neutral", shape: "clock" },
  superseded: { word: "superseded", tone: "neutral", shape: "ring" },
  withdrawn: { word: "withdrawn", tone: "neutral", shape: "ring" },
  failed: { word: "failed", tone: "failed", shape: "cross" },
  rolled_back: { word: "rolled back", tone: "failed", shape: "ring" },
};

export const presentControlStatus = (status: ControlStatus): ControlStatusModel => STATUS[status];

/** What the request does, short: `LR ×0.5`, `LR to 1.0e-3`, `Stop the run`. */
export function controlTitle(request: Pick<ControlRequest, "kind" | "factor" | "lr" | "group">): string {
  if (request.kind === "stop") return "Stop the run";
  const where = request.group === undefined ? "" : ` of group ${request.group}`;
  if (request.kind === "set_lr") return `LR${where} to ${formatLrs(request.lr)}`;
  return `LR${where} ×${request.factor === undefined ? "?" : Number(request.factor.toPrecision(3))}`;
}

export interface LrChange {
  from: string;
  to: string;
}

/** The LR before and after; null when the request is no change of LR or neither is known. */
export function lrChange(
  request: Pick<ControlRequest, "kind" | "lr" | "expected_lr" | "evidence">,
): LrChange | null {
  const before = request.expected_lr ?? ratesOf(request.evidence.current_lr);
  if (request.kind === "stop" || (request.lr === undefined && before === undefined)) return null;
  return { from: formatLrs(before), to: formatLrs(request.lr) };
}

const ratesOf = (told: unknown): Rates | undefined => {
  const isRate = (value: unknown) => typeof value === "number";
  if (isRate(told)) return told;
  return Array.isArray(told) && told.length > 0 && told.every(isRate) ? told : undefined;
};

const ROLLBACK_MS = 86_400_000;

/** May it be asked for that the job takes this back? The server has the last word. `now` in milliseconds. */
export function canRollBack(
  request: ControlRequest,
  all: readonly ControlRequest[],
  running: boolean,
  now: number,
): boolean {
  const done = request.status === "applied" || request.status === "verified";
  if (!running || !done || request.kind === "stop" || request.rollback_of !== null) return false;
  const applied = request.history.find(({ status }) => status === "applied");
  const open = (other: ControlRequest) => other.status === "approved" || other.status === "delivered";
  if (all.some((other) => other.kind !== "stop" && open(other))) return false;
  return applied !== undefined && now - Date.parse(applied.at) < ROLLBACK_MS;
}

interface Notice {
  title: string;
  detail: string;
}

/** What a decision led to. An approval is final once the job has it, and says so. */
export function decisionNotice(decision: Decision, runName: string): Notice {
  return decision === "approve"
    ? {
        title: `Approved for ${runName}`,
        detail: "The job receives it with its next report; until then it can be withdrawn.",
      }
    : { title: `Rejected for ${runName}`, detail: "The job continues unchanged." };
}

export const snoozeNotice = (runName: string, until: string | null): Notice => ({
  title: `Snoozed for ${runName}`,
  detail: until === null ? "" : `It returns to the inbox at ${formatInstant(until)}.`,
});

export const rollbackNotice = (runName: string, asked: ControlRequest): Notice => ({
  title: `Asked ${runName} to roll back`,
  detail: `${controlTitle(asked)}, with its next report. Until then it can be withdrawn.`,
});

const FAILED = {
  approve: "approved",
  reject: "rejected",
  snooze: "snoozed",
  rollback: "rolled back",
} as const;

export const failureNotice = (act: keyof typeof FAILED, runName: string, reason: string): Notice => ({
  title: `The request for ${runName} could not be ${FAILED[act]}`,
  detail: reason,
});
