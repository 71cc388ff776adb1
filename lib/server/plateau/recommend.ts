import "server-only";
import { initialControlState } from "@/lib/domain/control/next-state";
import { CONTROL_INCLUDE } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import { newId } from "../ids";
import type { RunHead } from "../metrics/store";
import { tellRecommended } from "../notify/tell";
import type { WriteTx } from "../transaction";
import { askFor } from "./ask-for";
import type { Done, LoadedPolicy } from "./policy-rows";
import { cutsLeft } from "./withheld";

/** A recommendation waits for a person this long after its last check, in milliseconds: a day. */
export const EXPIRES_IN_MS = 86_400_000;

/**
 * Makes a control request of what the rule did to the LR: a policy that applies asks for all of it at once, one that
 * recommends for the last. Otherwise says why nothing is asked for.
 */
export async function recommend(
  tx: WriteTx,
  head: RunHead,
  loaded: LoadedPolicy,
  owed: readonly Done[],
  now: Date,
): Promise<string | null> {
  const { row, policy } = loaded;
  const last = owed.at(-1);
  if (!last) return null;
  const known = await tx.prisma.controlRequest.count({ where: { policyId: row.id, firedStep: last.step } });
  if (known > 0) return null;
  const left = await cutsLeft(tx, head, loaded, last);
  if (typeof left === "string") return left;
  const status = initialControlState(policy.action);
  const done = status === "approved" ? owed.slice(0, left) : [last];
  const ask = await askFor(
    tx,
    head,
    policy.spec,
    done.map(({ command }) => command),
  );
  if (typeof ask === "string") return ask;
  await supersedeOpen(tx, row.id, now);
  const request = await tx.prisma.controlRequest.create({
    data: {
      id: newId(),
      runId: head.id,
      policyId: row.id,
      ...ask.columns,
      status,
      reason: last.message,
      evidence: JSON.stringify({
        ...last.evidence,
        metric: row.metric,
        step: last.step,
        ...(last.command.kind === "reduce" ? {} : { raises: true }),
        ...(done.length > 1 ? { cuts: done.length, first_step: done[0]?.step } : {}),
        current_lr: ask.current,
      }),
      firedStep: last.step,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + EXPIRES_IN_MS),
      history: { create: { status, at: now, by: "policy", note: last.message } },
    },
  });
  if (status === "recommended") await tellRecommended(tx, request, ask, now);
  return null;
}

/** What nobody decided on gives way to what the policy asks for now. */
async function supersedeOpen(tx: WriteTx, policyId: string, now: Date): Promise<void> {
  const open = await tx.prisma.controlRequest.findMany({
    where: { policyId, status: "recommended" },
    include: CONTROL_INCLUDE,
  });
  for (const row of open) {
    const note = "the policy asks for something else now";
    await moveControl(tx, row, { to: stateAfter(row, "supersede"), by: "policy", note, now });
  }
}
