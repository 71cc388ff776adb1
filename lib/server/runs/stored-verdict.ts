import "server-only";
import { AuditVerdict, PlateauVerdict, type RunVerdict, VerdictFigure } from "@/lib/contracts/verdicts";
import { HealthCode } from "@/lib/contracts/health-notes";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

type Columns = Pick<
  Prisma.RunGetPayload<object>,
  "auditCode" | "auditFigure" | "healthCode" | "plateauState"
>;

/** What a run was judged to be. A word of another version of the server counts as not judged. */
export function storedVerdict({ auditCode, auditFigure, healthCode, plateauState }: Columns): RunVerdict {
  const audit = AuditVerdict.safeParse(auditCode).data ?? null;
  return {
    audit,
    figure: audit === null || auditFigure === null ? null : parseStored(VerdictFigure, auditFigure),
    health: HealthCode.safeParse(healthCode).data ?? null,
    plateau: PlateauVerdict.safeParse(plateauState).data ?? null,
  };
}
