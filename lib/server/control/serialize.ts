import "server-only";
import { ControlRequest, ControlStatus, Rates } from "@/lib/contracts/control";
import { JsonObject } from "@/lib/contracts/common";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

/** What every reader of a request selects. */
export const CONTROL_INCLUDE = {
  history: { orderBy: { id: "asc" } },
} as const satisfies Prisma.ControlRequestInclude;

export type ControlRow = Prisma.ControlRequestGetPayload<{ include: typeof CONTROL_INCLUDE }>;

const rates = (stored: string | null): Rates | null => (stored === null ? null : parseStored(Rates, stored));

export function toWireControl(row: ControlRow): ControlRequest {
  return {
    id: row.id,
    run_id: row.runId,
    kind: ControlRequest.shape.kind.parse(row.kind),
    factor: row.factor ?? undefined,
    lr: rates(row.lr) ?? undefined,
    group: row.group ?? undefined,
    min_lr: row.minLr ?? undefined,
    expected_lr: rates(row.expectedLr) ?? undefined,
    status: ControlStatus.parse(row.status),
    version: row.version,
    policy_id: row.policyId,
    rollback_of: row.rollbackOf,
    snoozed_until: row.snoozedUntil?.toISOString() ?? null,
    reason: row.reason,
    evidence: parseStored(JsonObject, row.evidence),
    fired_step: row.firedStep,
    applied_step: row.appliedStep,
    applied_lr: rates(row.appliedLr),
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    history: row.history.map(({ status, at, by, note }) => ({
      status: ControlStatus.parse(status),
      at: at.toISOString(),
      by,
      ...(note ? { note } : {}),
    })),
  };
}

/** The LR when the request was made, as it was logged; null when it was not known. */
export function currentLrOf(row: Pick<ControlRow, "evidence">): Rates | null {
  return Rates.safeParse(parseStored(JsonObject, row.evidence).current_lr).data ?? null;
}
