import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import type { PlateauPolicyState, PlateauState, PolicyEdit, SetPlateauBody } from "@/lib/contracts/plateau";
import { checksSinceBest } from "@/lib/domain/plateau/detector-state";
import type { PlateauPolicy as PlateauPolicyRow } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { storeOn } from "../metrics/store-on";
import { announceRun } from "../runs/touch";
import { parseStored } from "../stored-json";
import { withTransaction } from "../transaction";
import { catchUpFor } from "./catch-up";
import { withOlderFirings } from "./firing-parts";
import { requestsByStep } from "./fired-request";
import { describeDeclared, type LoadedPolicy, loadPolicy, REMOVED, storedPolicy } from "./policy-rows";
import { checkPolicies, setPolicies } from "./set-policies";

/** A run's policies, where each stands, and what it fired. */
export async function getPlateau(ctx: Ctx, runId: string): Promise<PlateauState> {
  requireScope(ctx, "runs:read");
  await findRun(ctx.db, runId);
  const rows = await ctx.db.prisma.plateauPolicy.findMany({
    where: { runId },
    include: { requests: { select: { id: true, firedStep: true, evidence: true } } },
    orderBy: { position: "asc" },
  });
  const live = rows.filter(({ action }) => action !== REMOVED);
  return {
    policies: await Promise.all(
      live.map(async ({ requests, ...row }) =>
        toWirePolicy(await withOlderFirings(ctx.db, loadPolicy(row)), requests),
      ),
    ),
    edits: rows.flatMap(editsOf).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

function editsOf(row: PlateauPolicyRow): PolicyEdit[] {
  return storedPolicy(row).changes.map((change) => ({
    ...change,
    policy_id: row.id,
    metric: row.metric,
  }));
}

function toWirePolicy(
  { row, stored, policy, state, firings }: LoadedPolicy,
  requests: Parameters<typeof requestsByStep>[0],
): PlateauPolicyState {
  const { counters } = state;
  const requestOf = requestsByStep(requests);
  return {
    id: row.id,
    metric: row.metric,
    action: policy.action,
    policy: stored.declared,
    description: describeDeclared(policy),
    state: parseStored(JsonObject, JSON.stringify(counters)),
    last_step: row.lastStep,
    patience: policy.spec.patience,
    checks_since_best: checksSinceBest(state),
    best: counters.rule === "optax" ? counters.best_value : counters.best,
    best_step: state.best_step,
    fired: firings.list.map(({ step, since_step, withheld }) => ({
      step,
      since_step,
      withheld: withheld ?? null,
      control_id: requestOf(step),
    })),
  };
}

/** Replaces the policies. A new one is brought up to date with what was logged and fires from now on. */
export async function setPlateau(
  ctx: Ctx,
  runId: string,
  { policies }: SetPlateauBody,
): Promise<PlateauState> {
  requireScope(ctx, "control:write");
  checkPolicies(policies, "policies");
  const behind = await withTransaction(ctx, async (tx) => {
    await findRun(tx, runId);
    await storeOn(tx).runHead(runId);
    const left = await setPolicies(tx, runId, policies, { by: ctx.actor, now: new Date() });
    await announceRun(tx, runId, ["plateau", "control"]);
    return left;
  });
  if (behind) await catchUpFor(runId, ctx.signal);
  return getPlateau(ctx, runId);
}
