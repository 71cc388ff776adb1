import "server-only";
import { verifyLrs } from "@/lib/domain/control/verify";
import type { RunHead } from "../metrics/store";
import type { SeriesChange } from "../plateau/fold-policies";
import { effectiveOf } from "../schedules/effective-lr";
import type { WriteTx } from "../transaction";
import { lrKeys } from "./current-lrs";
import { dropRollback } from "./rollback-end";
import { type ControlRow, currentLrOf, toWireControl } from "./serialize";
import { moveControl, stateAfter } from "./transition";

/** The LRs of one step by param group; undefined where a group was not logged. */
interface LoggedLrs {
  step: number;
  lrs: (number | undefined)[];
}

/**
 * Compares what was logged after an applied request with what the job said it had set, group by group. Verified when
 * they agree; failed when the LR stands where it was before; otherwise (a schedule that moves on by itself, a group that
 * is not logged) the word of the job stands.
 */
export async function verifyApplied(
  tx: WriteTx,
  head: RunHead,
  rows: readonly ControlRow[],
  changes: readonly SeriesChange[],
  now: Date,
): Promise<boolean> {
  const applied = rows.filter(({ status, kind }) => status === "applied" && kind !== "stop");
  if (applied.length === 0 || changes.length === 0) return false;
  const logged = loggedLrs(changes, await lrKeys(tx, head));
  if (logged.length === 0) return false;
  const effectiveAt = await effectiveOf(tx, head.id);
  let moved = false;
  for (const row of applied) {
    const after = logged.find(({ step }) => row.appliedStep !== null && step >= row.appliedStep);
    const verdict = after && judge(row, after, effectiveAt(after.step));
    if (!verdict) continue;
    const { event, note } = verdict;
    await moveControl(tx, row, { to: stateAfter(row, event), by: "server", note, now });
    if (event === "fail") await dropRollback(tx, row.id, now);
    moved = true;
  }
  return moved;
}

/** By step, ascending. */
function loggedLrs(changes: readonly SeriesChange[], keys: readonly string[]): LoggedLrs[] {
  const byStep = new Map<number, (number | undefined)[]>();
  keys.forEach((key, group) => {
    for (const { step, value } of changes.find((change) => change.key === key)?.added ?? []) {
      const lrs = byStep.get(step) ?? keys.map(() => undefined);
      lrs[group] = value;
      byStep.set(step, lrs);
    }
  });
  return [...byStep].map(([step, lrs]) => ({ step, lrs })).sort((a, b) => a.step - b.step);
}

function judge(row: ControlRow, { step, lrs }: LoggedLrs, effective: number[] | null) {
  const request = toWireControl(row);
  const result = verifyLrs(
    {
      applied: request.applied_lr,
      effective,
      before: request.expected_lr ?? null,
      group: request.group,
    },
    lrs,
  );
  if (result.verdict === "unknown") return null;
  const shown = result.groups.map((group) => lrs[group]).join(", ");
  if (result.verdict === "contradicted") {
    return { event: "fail" as const, note: `step ${step} was still logged with LR ${shown}` };
  }
  const told = request.group === undefined ? groupCount(row) : result.groups.length;
  const rest =
    told > result.groups.length
      ? `; of ${told} param groups only ${result.groups.length === 1 ? "the first" : "these"} can be checked, the LR of the others is not logged`
      : "";
  return { event: "verify" as const, note: `step ${step} was logged with LR ${shown}${rest}` };
}

/** How many param groups the job has told of. */
function groupCount(row: ControlRow): number {
  const { applied_lr: applied } = toWireControl(row);
  const before = currentLrOf(row);
  return Math.max(Array.isArray(applied) ? applied.length : 1, Array.isArray(before) ? before.length : 1);
}
