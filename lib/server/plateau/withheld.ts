import "server-only";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import type { RunHead } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import type { LoadedPolicy, NewFiring } from "./policy-rows";

const ON_ITS_WAY = ["approved", "delivered"];
/** A cut that was taken back was one: whoever took it back has judged the policy, and it should not insist. */
const COUNTED_CUTS = [...ON_ITS_WAY, "applied", "verified", "rolled_back"];

/**
 * Why a firing asks for nothing, or null. A request acts on a live job, together with what everybody else asks of it:
 * one change at a time, and after a change by someone else the policy waits as it would after its own.
 */
export async function withheldFor(
  tx: WriteTx,
  head: RunHead,
  { row, policy }: LoadedPolicy,
  firing: NewFiring,
): Promise<string | null> {
  if (head.status !== "running") return `the run is ${head.status}`;
  const requests = await tx.prisma.controlRequest.findMany({
    where: { runId: head.id, kind: { not: "stop" } },
    select: { policyId: true, status: true, appliedStep: true, factor: true },
  });
  if (requests.some(({ status }) => ON_ITS_WAY.includes(status))) {
    return "another change was on its way to the job";
  }
  const cuts = requests.filter(
    ({ policyId, status, factor }) =>
      policyId === row.id && COUNTED_CUTS.includes(status) && (factor ?? 1) < 1,
  );
  const most = policy.limits.max_cuts ?? Number.POSITIVE_INFINITY;
  if (!firing.raised && cuts.length >= most)
    return `the policy makes at most ${most === 1 ? "one cut" : `${most} cuts`}`;
  const foreign = requests.flatMap(({ policyId, status, appliedStep }) =>
    policyId !== row.id && appliedStep !== null && status !== "failed" ? [appliedStep] : [],
  );
  const changed = foreign.length > 0 ? Math.max(...foreign) : null;
  if (changed === null) return null;
  const checks = await checksSince(tx, head.id, row.metric, changed, firing.step);
  return checks > waitOf(policy.spec)
    ? null
    : `someone else changed the LR at step ${changed}, ${checks === 1 ? "one check" : `${checks} checks`} before`;
}

/** Values that the rule sees after a cut of its own before it can fire again. */
const waitOf = (spec: DetectorSpec): number =>
  (spec.cooldown + spec.patience) * (spec.rule === "optax" ? spec.accumulation_size : 1);

async function checksSince(
  tx: WriteTx,
  runId: string,
  metric: string,
  from: number,
  to: number,
): Promise<number> {
  const store = storeOn(tx);
  const [series] = await store.findSeries(runId, [metric]);
  return series && from <= to ? latestPerStep(await store.observations(series.id, from, to)).length : 0;
}
