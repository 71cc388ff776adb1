import "server-only";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import { newsOf } from "@/lib/domain/plateau/current-firing";
import { observe } from "@/lib/domain/plateau/detect";
import { explain } from "@/lib/domain/plateau/explain";
import { mayFire } from "@/lib/domain/plateau/policy-limits";
import type { MetricStore, RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";
import { recommend, supersedeOthers } from "./recommend";
import {
  type Firing,
  type LoadedPolicy,
  loadPolicy,
  type NewFiring,
  REMOVED,
  startState,
} from "./policy-rows";

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
 * the ordered series and of nothing else. True when something fired.
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
    where: { runId: head.id, action: { not: REMOVED } },
    orderBy: { position: "asc" },
  });
  let fired = false;
  for (const row of rows) {
    const change = byKey.get(row.metric);
    if (!change) continue;
    const before = loadPolicy(row);
    const goesOn = change.appended && !before.outdated;
    const outcome = goesOn ? fold(before, change.added) : await replayPolicy(store, head.id, before);
    if (!change.appended) await supersedeOthers(tx, row.id, outcome.loaded.fired, DISPROVED, now);
    const acted = await actOn(tx, head, outcome, before, now);
    await save(tx, outcome.loaded, withReasons(before.fired, outcome.loaded.fired, acted));
    fired ||= acted !== "nothing";
  }
  return fired;
}

const DISPROVED = "with the data that came late it would not have fired";

/** `nothing`: there was no firing to act on. `asked`: there is a request now. Otherwise why there is none. */
type Acted = "nothing" | "asked" | { step: number; reason: string };

async function actOn(
  tx: WriteTx,
  head: RunHead,
  { firings, loaded }: Outcome,
  before: LoadedPolicy,
  now: Date,
): Promise<Acted> {
  const news = newsOf(
    { firings: firings.map(({ step }) => step), bestStep: loaded.state.best_step },
    { fired: before.fired.map(({ step }) => step), lastStep: before.row.lastStep },
  );
  if (news.kind === "none") return "nothing";
  if (news.kind === "over") return news;
  const firing = firings.find(({ step }) => step === news.step);
  if (!firing) return "nothing";
  const reason = await recommend(tx, head, loaded, firing, now);
  return reason === null ? "asked" : { step: news.step, reason };
}

/** The firings with why nothing was asked for: what was known before, and what came now. */
function withReasons(before: readonly Firing[], fired: readonly Firing[], acted: Acted): Firing[] {
  const known = new Map(before.map((firing) => [firing.step, firing]));
  const news = acted === "nothing" ? null : acted === "asked" ? fired.at(-1)?.step : acted.step;
  return fired.map((firing) => {
    if (firing.step === news && typeof acted !== "string") return { ...firing, withheld: acted.reason };
    if (firing.step === news) return firing;
    const withheld = known.has(firing.step) ? known.get(firing.step)?.withheld : OVERTAKEN;
    return withheld === undefined ? firing : { ...firing, withheld };
  });
}

const OVERTAKEN = "it was over by the time its data came";

interface Outcome {
  loaded: LoadedPolicy;
  firings: NewFiring[];
}

function fold(loaded: LoadedPolicy, values: readonly Observation[]): Outcome {
  const firings: NewFiring[] = [];
  const { spec, limits } = loaded.policy;
  let { state } = loaded;
  for (const { step, value } of values) {
    const seen = observe(spec, state, value, step);
    state = seen.state;
    if (seen.fired === null || !mayFire(limits, state.seen, step)) continue;
    firings.push({
      step,
      since_step: seen.evidence.best_step,
      message: explain(loaded.row.metric, seen.fired, seen.evidence),
      evidence: seen.evidence,
      raised: seen.fired !== "reduce",
    });
  }
  const listed = firings.map(({ step, since_step, message }): Firing => ({ step, since_step, message }));
  const row = { ...loaded.row, lastStep: values.at(-1)?.step ?? loaded.row.lastStep };
  return { loaded: { ...loaded, row, state, fired: [...loaded.fired, ...listed] }, firings };
}

/** The whole series once more, from the rule's first state. */
export async function replayPolicy(
  store: MetricStore,
  runId: string,
  loaded: Pick<LoadedPolicy, "row" | "stored" | "policy">,
): Promise<Outcome> {
  const [series] = await store.findSeries(runId, [loaded.row.metric]);
  const values = series ? latestPerStep(await store.observations(series.id, 0, series.lastStep)) : [];
  return fold({ ...loaded, state: startState(loaded.policy), outdated: false, fired: [] }, values);
}

async function save(tx: WriteTx, { row, state }: LoadedPolicy, fired: readonly Firing[]): Promise<void> {
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: { state: JSON.stringify(state), fired: JSON.stringify(fired), lastStep: row.lastStep },
  });
}
