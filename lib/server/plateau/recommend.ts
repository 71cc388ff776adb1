import "server-only";
import { targetLr } from "@/lib/domain/control/target";
import { initialControlState } from "@/lib/domain/control/next-state";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { CONTROL_INCLUDE } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import { newId } from "../ids";
import type { RunHead } from "../metrics/store";
import { holdsStill } from "../schedules/declared-lr";
import type { WriteTx } from "../transaction";
import type { Firing, LoadedPolicy, NewFiring } from "./policy-rows";

/** A recommendation waits for a person this long, in milliseconds: a day. */
const EXPIRES_IN_MS = 86_400_000;

const floorOf = (spec: DetectorSpec): number =>
  typeof spec.min_lr === "number" ? spec.min_lr : Math.max(...spec.min_lr);

/** Makes a control request of a firing. Nothing is asked for when the LR is at the policy's floor already. */
export async function recommend(
  tx: WriteTx,
  head: RunHead,
  { row, policy }: LoadedPolicy,
  firing: NewFiring,
  lr: number | null,
  now: Date,
): Promise<void> {
  const factor = firing.raised ? 1 / policy.spec.factor : policy.spec.factor;
  const minLr = floorOf(policy.spec);
  const target = lr === null ? null : targetLr(lr, { kind: "scale_lr", factor }, minLr);
  if (target !== null && target === lr) return;
  const known = await tx.prisma.controlRequest.count({ where: { policyId: row.id, firedStep: firing.step } });
  if (known > 0) return;
  const status = initialControlState(policy.action);
  if (status === "recommended") await supersedeOthers(tx, row.id, [firing], now);
  await tx.prisma.controlRequest.create({
    data: {
      id: newId(),
      runId: head.id,
      policyId: row.id,
      kind: "scale_lr",
      factor,
      minLr,
      lr: target === null ? null : JSON.stringify(target),
      // Under a schedule that moves by itself the LR of now is not the LR of then.
      expectedLr: lr !== null && holdsStill(head.schedule) ? JSON.stringify(lr) : null,
      status,
      reason: firing.message,
      evidence: JSON.stringify({ ...firing.evidence, metric: row.metric, step: firing.step, current_lr: lr }),
      firedStep: firing.step,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + EXPIRES_IN_MS),
      history: { create: { status, at: now, by: "policy", note: firing.message } },
    },
  });
}

/** Recommendations of a policy that its series no longer bears out, or that a later one makes pointless. */
export async function supersedeOthers(tx: WriteTx, policyId: string, fired: readonly Firing[], now: Date) {
  const open = await tx.prisma.controlRequest.findMany({
    where: { policyId, status: "recommended", NOT: { firedStep: { in: fired.map(({ step }) => step) } } },
    include: CONTROL_INCLUDE,
  });
  for (const row of open) {
    const note = "the policy came to another verdict";
    await moveControl(tx, row, { to: stateAfter(row, "supersede"), by: "policy", note, now });
  }
}
