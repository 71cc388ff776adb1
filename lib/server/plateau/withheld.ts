import "server-only";
import { z } from "zod";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import type { RunHead } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import { parseStored } from "../stored-json";
import { observationPages } from "./observation-pages";
import type { Done, LoadedPolicy } from "./policy-rows";

const ON_ITS_WAY = ["approved", "delivered"];
/** A cut that was taken back was one: whoever took it back has judged the policy, and it should not insist. */
const COUNTED_CUTS = [...ON_ITS_WAY, "applied", "verified", "rolled_back"];

/** A policy that applies catches up once the job has answered. */
export const OWN_ON_ITS_WAY = "the job had yet to answer the policy's last request";

/**
 * How many cuts the policy may still ask for, or why it asks for nothing. A request acts on a live job, together with
 * what everybody else asks of it: one change at a time, and after a change by someone else the policy waits as it would
 * after its own.
 */
export async function cutsLeft(
  tx: WriteTx,
  head: RunHead,
  { row, policy }: LoadedPolicy,
  last: Done,
): Promise<string | number> {
  if (head.status !== "running") return `the run is ${head.status}`;
  const requests = await tx.prisma.controlRequest.findMany({
    where: { runId: head.id, kind: { not: "stop" } },
    select: { policyId: true, status: true, appliedStep: true, evidence: true },
  });
  const onItsWay = requests.find(({ status }) => ON_ITS_WAY.includes(status));
  if (onItsWay)
    return onItsWay.policyId === row.id ? OWN_ON_ITS_WAY : "another change was on its way to the job";
  const most = policy.limits.max_cuts ?? Number.POSITIVE_INFINITY;
  const left =
    most - requests.filter(({ policyId }) => policyId === row.id).reduce((sum, one) => sum + cutsOf(one), 0);
  if (last.command.kind === "reduce" && left <= 0)
    return `the policy makes at most ${most === 1 ? "one cut" : `${most} cuts`}`;
  const foreign = requests.flatMap(({ policyId, status, appliedStep }) =>
    policyId !== row.id && appliedStep !== null && status !== "failed" ? [appliedStep] : [],
  );
  const changed = foreign.length > 0 ? Math.max(...foreign) : null;
  if (changed === null) return left;
  const wait = waitOf(policy.spec);
  const checks = await checksSince(tx, head.id, row.metric, { from: changed, to: last.step, enough: wait });
  return checks > wait
    ? left
    : `someone else changed the LR at step ${changed}, ${checks === 1 ? "one check" : `${checks} checks`} before`;
}

const Cuts = z.object({ cuts: z.int().default(1), raises: z.literal(true).optional() });

/** How many cuts a request stands for, once it was more than a proposal. */
function cutsOf({ status, evidence }: { status: string; evidence: string }): number {
  const { cuts, raises } = parseStored(Cuts, evidence);
  return COUNTED_CUTS.includes(status) && !raises ? cuts : 0;
}

/** Values that the rule sees after a cut of its own before it can fire again. */
const waitOf = (spec: DetectorSpec): number =>
  (spec.cooldown + spec.patience) * (spec.rule === "optax" ? spec.accumulation_size : 1);

/** How many there are, or at least more than `enough`: a long run is not counted through. */
async function checksSince(
  tx: WriteTx,
  runId: string,
  metric: string,
  { from, to, enough }: { from: number; to: number; enough: number },
): Promise<number> {
  const store = storeOn(tx);
  const [series] = await store.findSeries(runId, [metric]);
  let checks = 0;
  if (!series) return checks;
  for await (const page of observationPages(store, { id: series.id, lastStep: to }, from)) {
    checks += page.length;
    if (checks > enough) break;
  }
  return checks;
}
