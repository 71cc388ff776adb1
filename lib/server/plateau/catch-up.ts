import "server-only";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import type { PlateauPolicy as PlateauPolicyRow } from "@/prisma/generated/sqlite/client";
import { database } from "../db/database";
import { transact, type WriteTx } from "../db/transaction";
import { log } from "../log";
import { storeOn } from "../metrics/store-on";
import { announceRun } from "../runs/touch";
import { runTask } from "../work/run-task";
import { owedFrom, withOlderFirings } from "./firing-parts";
import { goOn, type Outcome } from "./fold";
import { startingLrs } from "./starting-lrs";
import type { Slice } from "./fold-slice";
import { AT_ONCE, workOf } from "./fold-work";
import { loadPolicy, REMOVED } from "./policy-rows";
import { settleAsPast, settleOutcome } from "./settle";

const shared = globalThis as { __lrscopeCatchingUp?: Map<string, Promise<void>> };

/**
 * Takes the run's policies on to what was logged, in workers, while others are served; the transaction that settles what
 * they found is short. What is cut off, by whatever means, is begun again by the next call that logs, or by maintenance.
 * Of several calls at a time one works, and each that waits sees its own values taken in.
 */
export function catchUp(runId: string): Promise<void> {
  const running = (shared.__lrscopeCatchingUp ??= new Map());
  const work = (running.get(runId) ?? Promise.resolve()).catch(() => {}).then(() => takeOnAll(runId));
  running.set(runId, work);
  const forget = () => {
    if (running.get(runId) === work) running.delete(runId);
  };
  work.then(forget, forget);
  return work;
}

/** Shorter than clients wait: who logs much at a time hears of what it fired later on, rather than not at all. */
const WAIT_MS = 5000;

/** `catchUp` for a request: it is waited for a while, and goes on whether its client stays or leaves. */
export async function catchUpFor(runId: string, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]);
  const work = catchUp(runId).catch((err: unknown) =>
    log().error({ err, run: runId }, "policies stay behind"),
  );
  await Promise.race([
    work,
    new Promise((resolve) => over.addEventListener("abort", resolve, { once: true })),
  ]);
}

/** Runs with a policy that is behind. */
export async function runsBehind(): Promise<string[]> {
  const { reader } = await database();
  const rows = await reader.prisma.plateauPolicy.findMany({
    where: { behind: { not: null }, action: { not: REMOVED }, run: { deletedAt: null } },
    select: { runId: true },
    distinct: ["runId"],
  });
  return rows.map(({ runId }) => runId);
}

async function takeOnAll(runId: string): Promise<void> {
  const { reader } = await database();
  for (;;) {
    const rows = await reader.prisma.plateauPolicy.findMany({
      where: { runId, behind: { not: null }, action: { not: REMOVED } },
      orderBy: { position: "asc" },
    });
    if (rows.length === 0) return;
    for (const row of rows) await takeOn(row);
  }
}

/** Whether the one who asked waits or not. */
const NEVER = new AbortController().signal;

async function takeOn(row: PlateauPolicyRow): Promise<void> {
  const { reader } = await database();
  const loaded = loadPolicy(row);
  const run = await reader.prisma.run.findUniqueOrThrow({
    where: { id: row.runId },
    select: { id: true, lrMetric: true },
  });
  const rates = await startingLrs(reader, run, loaded.policy);
  let slice: Slice | null = null;
  do {
    slice = await runTask("foldSlice", { loaded, rates, before: slice }, { signal: NEVER });
  } while (!slice.complete);
  const { outcome } = slice;
  await transact((tx) => settle(tx, row, outcome, rates !== null));
}

/** Nothing is done when the policy has moved meanwhile: it is looked at again. */
async function settle(
  tx: WriteTx,
  { id, runId, revision }: PlateauPolicyRow,
  outcome: Outcome,
  known: boolean,
): Promise<void> {
  // First: on PostgreSQL this makes writes to the run a queue.
  const head = await storeOn(tx).runHead(runId);
  const row = await tx.prisma.plateauPolicy.findFirst({
    where: { id, revision, behind: { not: null }, action: { not: REMOVED } },
  });
  if (!row || !head) return;
  const before = loadPolicy(row);
  if (row.quietTo !== null) await settleAsPast(tx, outcome);
  else {
    const older = await withOlderFirings(tx, before, row.behind === "append" ? owedFrom(before) : 0);
    await settleOutcome(tx, head, await withRest(tx, outcome, known), older, new Date());
  }
  await stayBehind(tx, row);
  await announceRun(tx, row.runId, ["plateau", "control"]);
}

/** With what was logged since, when it is little. */
async function withRest(tx: WriteTx, outcome: Outcome, known: boolean): Promise<Outcome> {
  const { row, state } = outcome.loaded;
  const store = storeOn(tx);
  const [series] = await store.findSeries(row.runId, [row.metric]);
  if (!series || workOf(outcome.loaded, series.count - state.seen) > AT_ONCE) return outcome;
  const rest = await store.observations(series.id, (row.lastStep ?? -1) + 1, series.lastStep);
  return goOn(outcome, latestPerStep(rest), known);
}

/** What was logged while a worker was at it. */
async function stayBehind(tx: WriteTx, { id, runId, metric }: PlateauPolicyRow): Promise<void> {
  const [series] = await storeOn(tx).findSeries(runId, [metric]);
  if (!series) return;
  await tx.prisma.plateauPolicy.updateMany({
    where: { id, lastStep: { lt: series.lastStep } },
    data: { behind: "append" },
  });
}
