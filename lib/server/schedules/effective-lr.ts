import "server-only";
import { ControlKind } from "@/lib/contracts/control";
import { effectiveLrs, type LrChange } from "@/lib/domain/control/effective";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import type { Tx } from "../db/database";
import { declaredSchedule } from "./declared-lr";

/** The changes that the job applied, in order of step: what the effective LR is made of. */
export async function appliedChanges({ prisma }: Pick<Tx, "prisma">, runId: string): Promise<LrChange[]> {
  const rows = await prisma.controlRequest.findMany({
    where: { runId, status: { in: ["applied", "verified"] }, appliedStep: { not: null } },
    orderBy: [{ appliedStep: "asc" }, { createdAt: "asc" }],
  });
  return rows.flatMap(({ kind, factor, lr, minLr, group, appliedStep }): LrChange[] => {
    const shared = { step: appliedStep ?? 0, min_lr: minLr ?? undefined, group: group ?? undefined };
    switch (ControlKind.parse(kind)) {
      case "scale_lr":
        return factor === null ? [] : [{ ...shared, kind: "scale", value: factor }];
      case "set_lr":
        return lr === null ? [] : [{ ...shared, kind: "set", value: Number(JSON.parse(lr)) }];
      case "stop":
        return [];
    }
  });
}

/** The effective LR of each param group at `steps`, which ascend. */
export function effectiveAt(
  schedule: CompiledSchedule,
  changes: readonly LrChange[],
  steps: readonly number[],
): Float64Array[] {
  return schedule.at(steps).map((declared, group) =>
    effectiveLrs(declared, steps, changes, {
      group,
      declaredAt: (step) => schedule.at([step])[group]?.[0] ?? 0,
    }),
  );
}

/** The first group's effective LR as a function of the step; always null for a run without a schedule. */
export async function effectiveOf(tx: Tx, runId: string): Promise<(step: number) => number | null> {
  const run = await tx.prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: { schedule: true, stepsPerEpoch: true, totalSteps: true },
  });
  const schedule = declaredSchedule(run);
  if (!schedule || schedule.needsMetrics) return () => null;
  const changes = await appliedChanges(tx, runId);
  return (step) => effectiveAt(schedule, changes, [step])[0]?.[0] ?? null;
}
