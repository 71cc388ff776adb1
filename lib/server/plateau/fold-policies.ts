import "server-only";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import { observe } from "@/lib/domain/plateau/detect";
import { explain } from "@/lib/domain/plateau/explain";
import type { MetricStore, RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";
import { currentLr } from "../metrics/current-lr";
import { recommend, supersedeOthers } from "./recommend";
import { type LoadedPolicy, loadPolicy, type NewFiring, startState } from "./policy-rows";

/** What one write did to a metric, as far as its detectors care. */
export interface SeriesChange {
  key: string;
  /** The latest value at each step, ascending. Only complete when `appended`. */
  added: Observation[];
  appended: boolean;
}

/**
 * Feeds what was just stored to the run's policies, in the transaction that stored it. New steps are folded into the
 * state; anything late, repeated or corrected makes the policy start over, so that its verdict is always a function of
 * the ordered series and of nothing else.
 */
export async function foldPolicies(
  tx: WriteTx,
  store: MetricStore,
  head: RunHead,
  changes: readonly SeriesChange[],
  now: Date,
): Promise<boolean> {
  const byKey = new Map(changes.map((change) => [change.key, change]));
  const rows = await tx.prisma.plateauPolicy.findMany({
    where: { runId: head.id },
    orderBy: { position: "asc" },
  });
  let fired = false;
  for (const row of rows) {
    const change = byKey.get(row.metric);
    if (!change) continue;
    const loaded = loadPolicy(row);
    const outcome = change.appended ? fold(loaded, change.added) : await replayPolicy(store, head.id, loaded);
    await save(tx, outcome.loaded);
    const fresh = newsOf(outcome, loaded);
    if (!change.appended) await supersedeOthers(tx, row.id, outcome.loaded.fired, now);
    if (fresh.length === 0) continue;
    fired = true;
    const lr = await currentLr(store, head);
    for (const firing of fresh) await recommend(tx, head, outcome.loaded, firing, lr, now);
  }
  return fired;
}

/**
 * The firings to ask something for: those beyond what was judged before. Where writers overtake one another a firing may
 * show only once later steps are there; it still counts when there is one more than before and nothing improved since.
 */
function newsOf({ firings, loaded }: Outcome, before: LoadedPolicy): NewFiring[] {
  const beyond = firings.filter(({ step }) => step > (before.row.lastStep ?? -1));
  const last = firings.at(-1);
  if (beyond.length > 0 || !last || firings.length <= before.fired.length) return beyond;
  const isLatest = last.step > (before.fired.at(-1)?.step ?? -1);
  const improved = (loaded.state.best_step ?? -1) > last.step;
  return isLatest && !improved ? [last] : [];
}

interface Outcome {
  loaded: LoadedPolicy;
  firings: NewFiring[];
}

export function fold(loaded: LoadedPolicy, values: readonly Observation[]): Outcome {
  const firings: NewFiring[] = [];
  let { state } = loaded;
  for (const { step, value } of values) {
    const seen = observe(loaded.policy.spec, state, value, step);
    state = seen.state;
    if (seen.fired === null) continue;
    firings.push({
      step,
      since_step: seen.evidence.best_step,
      message: explain(loaded.row.metric, seen.fired, seen.evidence),
      evidence: seen.evidence,
      raised: seen.fired !== "reduce",
    });
  }
  const listed = firings.map(({ step, since_step, message }) => ({ step, since_step, message }));
  const row = { ...loaded.row, lastStep: values.at(-1)?.step ?? loaded.row.lastStep };
  return { loaded: { ...loaded, row, state, fired: [...loaded.fired, ...listed] }, firings };
}

/** The whole series once more, from the rule's first state. */
export async function replayPolicy(
  store: MetricStore,
  runId: string,
  loaded: LoadedPolicy,
): Promise<Outcome> {
  const [series] = await store.findSeries(runId, [loaded.row.metric]);
  const values = series ? latestPerStep(await store.observations(series.id, 0, series.lastStep)) : [];
  return fold({ ...loaded, state: startState(loaded.policy), fired: [] }, values);
}

async function save(tx: WriteTx, { row, state, fired }: LoadedPolicy): Promise<void> {
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: { state: JSON.stringify(state), fired: JSON.stringify(fired), lastStep: row.lastStep },
  });
}
