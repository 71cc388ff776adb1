import "server-only";
import { isDeepStrictEqual } from "node:util";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import type { MetricStore, RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";
import { owedFrom, withOlderFirings } from "./firing-parts";
import { fromStart, goOn, type Outcome, untouched } from "./fold";
import { startingLrs } from "./starting-lrs";
import { AT_ONCE, workOf } from "./fold-work";
import { BEHIND, type LoadedPolicy, loadPolicy, REMOVED, startState } from "./policy-rows";
import { settleOutcome } from "./settle";

/** What one write did to a metric, as far as its detectors care. */
export interface SeriesChange {
  key: string;
  /** The latest value at each step, ascending. Only complete when `appended`. */
  added: Observation[];
  appended: boolean;
  /** Steps with a value, now. */
  count: number;
}

export interface Folded {
  /** Something fired, or changed among the requests. */
  acted: boolean;
  /** A policy has yet to take in what was stored, since now or since an earlier call: `catchUp` does that. */
  behind: "now" | "before" | null;
}

/**
 * Feeds what was just stored to the run's policies, in the transaction that stored it. New steps are folded into the
 * state; anything late, repeated or corrected makes the policy start over, so that its verdict is always a function of
 * the ordered series and of nothing else. What would hold up others is left for `catchUp`, outside of the transaction.
 * What a policy still owes the job is asked for as soon as it can be.
 */
export async function foldPolicies(
  tx: WriteTx,
  store: MetricStore,
  head: RunHead,
  changes: readonly SeriesChange[],
  now: Date,
): Promise<Folded> {
  const byKey = new Map(changes.map((change) => [change.key, change]));
  const rows = await tx.prisma.plateauPolicy.findMany({
    where: { runId: head.id, action: { not: REMOVED } },
    orderBy: { position: "asc" },
  });
  const folded: Folded = { acted: false, behind: null };
  let room = AT_ONCE;
  for (const row of rows) {
    const change = byKey.get(row.metric);
    if (!change && (row.owed === NOTHING || row.behind !== null)) continue;
    const before = loadPolicy(row);
    const task = change ? await taskOf(tx, head, before, change) : NO_TASK;
    room -= task.work;
    if (row.behind !== null || room < 0) {
      await fallBehind(tx, before, task);
      if (folded.behind !== "now") folded.behind = row.behind === null ? "now" : "before";
      continue;
    }
    const known = await withOlderFirings(tx, before, task.replays ? 0 : owedFrom(before));
    const outcome = await judge(store, head.id, known, task);
    folded.acted = (await settleOutcome(tx, head, outcome, known, now)) || folded.acted;
  }
  return folded;
}

const NOTHING = "[]";

/** What a change asks of a policy. */
interface FoldTask {
  added: readonly Observation[];
  /** The state is of no use any more: late values, an older version's rule, or other rates to start from. */
  replays: boolean;
  late: boolean;
  rates: number[] | null;
  work: number;
}

const NO_TASK: FoldTask = { added: [], replays: false, late: false, rates: null, work: 0 };

async function taskOf(
  tx: WriteTx,
  head: RunHead,
  before: LoadedPolicy,
  { added, appended, count }: SeriesChange,
): Promise<FoldTask> {
  const rates = await startingLrs(tx, head, before.policy);
  const start = startState(before.policy, rates);
  const sameRates = rates === null || isDeepStrictEqual(start.base_lrs, before.state.base_lrs);
  const replays = !appended || before.outdated || !sameRates;
  return { added, replays, late: !appended, rates, work: workOf(before, replays ? count : added.length) };
}

/** The policy with the new values: taken on by them, or gone through anew where they do not only follow. */
async function judge(
  store: MetricStore,
  runId: string,
  before: LoadedPolicy,
  { added, replays, late, rates }: FoldTask,
): Promise<Outcome> {
  if (!replays) return goOn(untouched(before), added, rates !== null);
  const values = await wholeSeries(store, runId, before.row.metric);
  return goOn(fromStart(before, rates, late), values, rates !== null);
}

export async function wholeSeries(store: MetricStore, runId: string, metric: string): Promise<Observation[]> {
  const [series] = await store.findSeries(runId, [metric]);
  return series ? latestPerStep(await store.observations(series.id, 0, series.lastStep)) : [];
}

/** A policy that has to begin anew counts as revised, so that whoever takes it on at this moment begins again. */
async function fallBehind(
  { prisma }: WriteTx,
  { row }: LoadedPolicy,
  { replays, late }: FoldTask,
): Promise<void> {
  const asked = late ? "late" : replays ? "replay" : "append";
  const order: readonly (string | null)[] = BEHIND;
  const behind = order.indexOf(row.behind) > order.indexOf(asked) ? row.behind : asked;
  const revision = replays ? { revision: { increment: 1 } } : {};
  await prisma.plateauPolicy.update({ where: { id: row.id }, data: { behind, ...revision } });
}
