import "server-only";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { JsonObject } from "@/lib/contracts/common";
import type { PlateauPolicy } from "@/lib/contracts/plateau";
import { describeChange } from "@/lib/domain/plateau/describe-change";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import type { PlateauPolicy as PlateauPolicyRow } from "@/prisma/generated/sqlite/client";
import { invalid } from "../errors";
import { newId } from "../ids";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import { fromStart, goOn } from "./fold";
import { startingLrs } from "./starting-lrs";
import { wholeSeries } from "./fold-policies";
import { AT_ONCE, workOf } from "./fold-work";
import { settleAsPast } from "./settle";
import {
  describeDeclared,
  loadPolicy,
  type PolicyChange,
  REMOVED,
  startState,
  type StoredPolicy,
  storedPolicy,
} from "./policy-rows";

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

interface Author {
  by: string;
  now: Date;
}

/**
 * Replaces a run's policies. One that says the same keeps its state; one about the same metric by the same rule is
 * changed in place and keeps its requests; a new or changed one is brought up to date with the series that is there,
 * which fires nothing: what happened before it was asked for is no news. Who did what, and when, is kept with each.
 * True when a policy has yet to be brought up to date, by `catchUp`, since that would hold up others.
 */
export async function setPolicies(
  tx: WriteTx,
  runId: string,
  policies: readonly PlateauPolicy[],
  author: Author,
): Promise<boolean> {
  const before = await tx.prisma.plateauPolicy.findMany({ where: { runId }, orderBy: { position: "asc" } });
  const run = await tx.prisma.run.findUniqueOrThrow({ where: { id: runId }, select: { lastStep: true } });
  const wanted = policies.map((policy) => JsonObject.parse(JSON.parse(JSON.stringify(policy))));
  const matches = matchPolicies(before, wanted);
  const signed = { at: author.now.toISOString(), by: author.by, step: run.lastStep };
  const sign: Sign = (what, message) => ({ ...signed, what, message });
  // Positions only ever grow, so that no two rows meet on one while they are moved.
  let position = Math.max(-1, ...before.map((row) => row.position)) + 1;
  let room = AT_ONCE;
  for (const [i, declared] of wanted.entries()) {
    const row = matches[i];
    const place = { runId, position: position++ };
    if (row && isLive(row) && isDeepStrictEqual(storedPolicy(row).declared, declared)) {
      await tx.prisma.plateauPolicy.update({ where: { id: row.id }, data: place });
      continue;
    }
    room -= await write(tx, row?.id ?? null, place, edited(row, declared, sign), { now: author.now, room });
  }
  for (const row of before) {
    if (isLive(row) && !matches.includes(row)) {
      await remove(tx, row, sign("removed", sentence(storedPolicy(row).declared)));
    }
  }
  return room < 0;
}

type Sign = (what: PolicyChange["what"], message: string) => PolicyChange;

/** What the row holds once it says `declared`, with the change that made it say so. */
function edited(row: PlateauPolicyRow | undefined, declared: JsonObject, sign: Sign): StoredPolicy {
  const before = row ? storedPolicy(row) : { declared: {}, changes: [] };
  const change =
    row && isLive(row)
      ? sign("changed", `${row.metric}: ${describeChange(before.declared, declared)}`)
      : sign("added", sentence(declared));
  return { declared, changes: [...before.changes, change] };
}

const isLive = (row: PlateauPolicyRow): boolean => row.action !== REMOVED;

const sentence = (declared: JsonObject): string => describeDeclared(normalisePolicy(declared));

/** For each wanted policy the row that goes on as it: the same one, else the same metric and rule, else a removed one. */
function matchPolicies(rows: readonly PlateauPolicyRow[], wanted: readonly JsonObject[]) {
  const found: (PlateauPolicyRow | undefined)[] = wanted.map(() => undefined);
  const tests: ((row: PlateauPolicyRow, declared: JsonObject) => boolean)[] = [
    (row, declared) => isLive(row) && isDeepStrictEqual(storedPolicy(row).declared, declared),
    (row, declared) => isLive(row) && isSameRule(storedPolicy(row).declared, declared),
    (row, declared) => !isLive(row) && isDeepStrictEqual(storedPolicy(row).declared, declared),
  ];
  for (const fits of tests) {
    wanted.forEach((declared, i) => {
      found[i] ??= rows.find((row) => !found.includes(row) && fits(row, declared));
    });
  }
  return found;
}

function isSameRule(a: JsonObject, b: JsonObject): boolean {
  return a.metric === b.metric && normalisePolicy(a).spec.rule === normalisePolicy(b).spec.rule;
}

const NOTHING_YET = { fired: "[]", parts: 0, owed: "[]", lastStep: null, behind: null, quietTo: null };

/** Gives the work that bringing it up to date takes; what there is no `room` for is left to be done. */
async function write(
  tx: WriteTx,
  known: string | null,
  place: { runId: string; position: number },
  stored: StoredPolicy,
  { now, room }: { now: Date; room: number },
): Promise<number> {
  const policy = normalisePolicy(stored.declared);
  const state = startState(policy);
  const columns = {
    ...place,
    metric: z.string().parse(policy.metric),
    action: policy.action,
    policy: JSON.stringify(stored),
    state: JSON.stringify(state),
    ...NOTHING_YET,
  };
  if (known) await tx.prisma.firingPart.deleteMany({ where: { policyId: known } });
  const row = known
    ? await tx.prisma.plateauPolicy.update({
        where: { id: known },
        data: { ...columns, revision: { increment: 1 } },
      })
    : await tx.prisma.plateauPolicy.create({ data: { ...columns, id: newId(), createdAt: now } });
  const store = storeOn(tx);
  const [series] = await store.findSeries(row.runId, [row.metric]);
  const work = workOf({ policy, state }, series?.count ?? 0);
  if (series && work > room) {
    const data = { behind: "replay", quietTo: series.lastStep };
    await tx.prisma.plateauPolicy.update({ where: { id: row.id }, data });
    return work;
  }
  const run = await tx.prisma.run.findUniqueOrThrow({
    where: { id: row.runId },
    select: { id: true, lrMetric: true },
  });
  const rates = await startingLrs(tx, run, policy);
  const values = await wholeSeries(store, run.id, row.metric);
  await settleAsPast(tx, goOn(fromStart(loadPolicy(row), rates), values, rates !== null));
  return work;
}

async function remove(tx: WriteTx, row: PlateauPolicyRow, change: PolicyChange): Promise<void> {
  const { declared, changes } = storedPolicy(row);
  await tx.prisma.firingPart.deleteMany({ where: { policyId: row.id } });
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: {
      action: REMOVED,
      policy: JSON.stringify({ declared, changes: [...changes, change] }),
      ...NOTHING_YET,
      lastStep: row.lastStep,
    },
  });
}
