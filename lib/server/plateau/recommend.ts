import "server-only";
import { compareLrs } from "@/lib/domain/control/same-lr";
import { targetLr } from "@/lib/domain/control/target";
import { initialControlState } from "@/lib/domain/control/next-state";
import { currentLrs } from "../control/current-lrs";
import { CONTROL_INCLUDE } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import { newId } from "../ids";
import type { RunHead } from "../metrics/store";
import { tellRecommended } from "../notify/tell";
import type { WriteTx } from "../transaction";
import type { Firing, LoadedPolicy, NewFiring } from "./policy-rows";
import { withheldFor } from "./withheld";

/** A recommendation waits for a person this long, in milliseconds: a day. */
const EXPIRES_IN_MS = 86_400_000;

/** Makes a control request of a firing. Otherwise says why nothing is asked for. */
export async function recommend(
  tx: WriteTx,
  head: RunHead,
  loaded: LoadedPolicy,
  firing: NewFiring,
  now: Date,
): Promise<string | null> {
  const { row, policy } = loaded;
  const known = await tx.prisma.controlRequest.count({ where: { policyId: row.id, firedStep: firing.step } });
  if (known > 0) return null;
  const withheld = await withheldFor(tx, head, loaded, firing);
  if (withheld !== null) return withheld;
  const { lrs, still } = await currentLrs(tx, head);
  const factor = firing.raised ? 1 / policy.spec.factor : policy.spec.factor;
  const floors = policy.spec.min_lr;
  const target = lrs === null ? null : targetLr(lrs, { kind: "scale_lr", factor }, floors);
  if (compareLrs(target, lrs) === "same") return "the LR is at the policy's floor already";
  const status = initialControlState(policy.action);
  await supersedeOthers(tx, row.id, [firing], "a later firing took its place", now);
  const request = await tx.prisma.controlRequest.create({
    data: {
      id: newId(),
      runId: head.id,
      policyId: row.id,
      kind: "scale_lr",
      factor,
      minLr: typeof floors === "number" ? floors : Math.max(...floors),
      lr: target === null ? null : JSON.stringify(target),
      // Under a schedule that moves by itself the LR of now is not the LR of then.
      expectedLr: lrs !== null && still ? JSON.stringify(lrs) : null,
      status,
      reason: firing.message,
      evidence: JSON.stringify({
        ...firing.evidence,
        metric: row.metric,
        step: firing.step,
        current_lr: lrs,
      }),
      firedStep: firing.step,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + EXPIRES_IN_MS),
      history: { create: { status, at: now, by: "policy", note: firing.message } },
    },
  });
  if (status === "recommended") await tellRecommended(tx, request, { current: lrs, target, factor }, now);
  return null;
}

/** Takes back the open recommendations of a policy but those of the firings `fired`. */
export async function supersedeOthers(
  tx: WriteTx,
  policyId: string,
  fired: readonly Firing[],
  note: string,
  now: Date,
) {
  const open = await tx.prisma.controlRequest.findMany({
    where: { policyId, status: "recommended" },
    include: CONTROL_INCLUDE,
  });
  for (const row of open) {
    if (fired.some(({ step }) => step === row.firedStep)) continue;
    await moveControl(tx, row, { to: stateAfter(row, "supersede"), by: "policy", note, now });
  }
}
