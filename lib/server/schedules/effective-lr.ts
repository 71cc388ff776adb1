import "server-only";
import { ControlKind, Rates } from "@/lib/contracts/control";
import { effectiveLrs, type LrChange } from "@/lib/domain/control/effective";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import type { Tx } from "../db/database";
import { parseStored } from "../stored-json";
import { declaredSchedule } from "./declared-lr";
import { requireNear } from "./near-step";

const DONE = ["applied", "verified", "rolled_back"];

/**
 * The changes that the job applied, in order of step: what the effective LR is made of. One that was rolled back is among
 * them, followed by its end: in between it was in force.
 */
export async function appliedChanges({ prisma }: Pick<Tx, "prisma">, runId: string): Promise<LrChange[]> {
  const rows = await prisma.controlRequest.findMany({
    where: { runId, status: { in: DONE }, appliedStep: { not: null } },
    orderBy: [{ appliedStep: "asc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ id, kind, factor, lr, minLr, group, appliedStep, rollbackOf }): LrChange[] => {
    const step = appliedStep ?? 0;
    if (rollbackOf !== null) return [{ step, kind: "undo", of: rollbackOf }];
    const shared = { id, step, min_lr: minLr ?? undefined, group: group ?? undefined };
    switch (ControlKind.parse(kind)) {
      case "scale_lr":
        return factor === null ? [] : [{ ...shared, kind: "scale", value: factor }];
      case "set_lr":
        return lr === null ? [] : [{ ...shared, kind: "set", value: parseStored(Rates, lr) }];
      case "stop":
        return [];
    }
  });
}

/** The effective LR of each param group at `steps`, which ascend. */
export function effectiveAt(
  schedule: Pick<CompiledSchedule, "at">,
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

/** The effective LR by param group as a function of the step; always null for a run without a schedule. `without` leaves that change out. The function throws PrepareFirst (`requireNear`). */
export async function effectiveOf(
  tx: Pick<Tx, "prisma">,
  runId: string,
  without?: string,
): Promise<(step: number) => number[] | null> {
  const run = await tx.prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: { schedule: true, stepsPerEpoch: true, totalSteps: true },
  });
  const schedule = declaredSchedule(run);
  if (!schedule || schedule.needsMetrics) return () => null;
  const changes = await appliedChanges(tx, runId);
  const counted = changes.filter((change) => change.kind === "undo" || change.id !== without);
  return (step) => {
    requireNear(schedule, step);
    return effectiveAt(schedule, counted, [step]).map(([lr = 0]) => lr);
  };
}
