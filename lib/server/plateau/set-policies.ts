import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { PlateauPolicy } from "@/lib/contracts/plateau";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { invalid } from "../errors";
import { newId } from "../ids";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import { replayPolicy } from "./fold-policies";
import { startState } from "./policy-rows";

/** @throws ServiceError invalid_parameters naming the policy's wrong field */
export function checkPolicies(policies: readonly PlateauPolicy[], field: string): void {
  policies.forEach((policy, i) => {
    try {
      startState(normalisePolicy(policy));
    } catch (error) {
      if (error instanceof PolicyError) throw invalid(`${field}[${i}].${error.path}`, error.message);
      throw error;
    }
  });
}

/**
 * Replaces a run's policies. One that says the same keeps its state; a new one is brought up to date with the
 * series that is there, which fires nothing: what happened before it was asked for is no news.
 */
export async function setPolicies(tx: WriteTx, runId: string, policies: readonly PlateauPolicy[], now: Date) {
  const before = await tx.prisma.plateauPolicy.findMany({ where: { runId } });
  const kept = new Set<string>();
  await tx.prisma.plateauPolicy.updateMany({ where: { runId }, data: { position: { increment: 1000 } } });
  for (const [position, policy] of policies.entries()) {
    const same = before.find((row) => saysTheSame(row.policy, policy) && !kept.has(row.id));
    const id = same?.id ?? (await createPolicy(tx, runId, policy, 2000 + position, now));
    kept.add(id);
    await tx.prisma.plateauPolicy.update({ where: { id }, data: { position } });
  }
  await tx.prisma.plateauPolicy.deleteMany({ where: { runId, id: { notIn: [...kept] } } });
}

const saysTheSame = (stored: string, policy: PlateauPolicy): boolean =>
  isDeepStrictEqual(JSON.parse(stored), JSON.parse(JSON.stringify(policy)));

async function createPolicy(tx: WriteTx, runId: string, policy: PlateauPolicy, position: number, now: Date) {
  const normal = normalisePolicy(policy);
  const state = startState(normal);
  const row = await tx.prisma.plateauPolicy.create({
    data: {
      id: newId(),
      runId,
      position,
      metric: policy.metric,
      action: normal.action,
      policy: JSON.stringify(policy),
      state: JSON.stringify(state),
      createdAt: now,
    },
  });
  const { loaded } = await replayPolicy(storeOn(tx), runId, { row, policy: normal, state, fired: [] });
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: {
      state: JSON.stringify(loaded.state),
      fired: JSON.stringify(loaded.fired),
      lastStep: loaded.row.lastStep,
    },
  });
  return row.id;
}
