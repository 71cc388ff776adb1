import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Observation } from "@/lib/domain/metrics/observation";
import { newsOf, promptOnly } from "@/lib/domain/plateau/current-firing";
import type { MetricStore, RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";
import { fold, type NewDone, type Outcome, replayPolicy, startingLrs } from "./fold";
import { type Done, type Firing, type LoadedPolicy, loadPolicy, REMOVED, startState } from "./policy-rows";
import { recommend } from "./recommend";
import { keepRecommendation } from "./keep-recommendation";
import { OWN_ON_ITS_WAY } from "./withheld";

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
 * the ordered series and of nothing else. What a policy still owes the job is asked for as soon as it can be. True when
 * something fired or changed among the requests.
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
  let acted = false;
  for (const row of rows) {
    const change = byKey.get(row.metric);
    if (!change && row.owed === NOTHING) continue;
    const before = loadPolicy(row);
    const outcome = change ? await judge(tx, store, head, before, change) : unchanged(before);
    const kept = await keepRecommendation(tx, head, outcome, change?.appended ?? true, now);
    const told = await actOn(tx, head, outcome, before, {
      appended: change?.appended ?? true,
      kept: kept.open,
      now,
    });
    await save(tx, outcome.loaded, told);
    acted ||= kept.changed || told.acted;
  }
  return acted;
}

const NOTHING = "[]";

const unchanged = (loaded: LoadedPolicy): Outcome => ({ loaded, firings: [], done: [], last: null });

/** The policy with the new values: taken on by them, or gone through anew where they do not only follow. */
async function judge(
  tx: WriteTx,
  store: MetricStore,
  head: RunHead,
  before: LoadedPolicy,
  change: SeriesChange,
): Promise<Outcome> {
  const rates = await startingLrs(tx, head, before.policy);
  const start = startState(before.policy, rates);
  const sameRates = rates === null || isDeepStrictEqual(start.base_lrs, before.state.base_lrs);
  return change.appended && !before.outdated && sameRates
    ? fold(before, change.added, rates !== null)
    : replayPolicy(store, head.id, before, rates);
}

interface Told {
  /** Something fired, or a request was made. */
  acted: boolean;
  owed: Done[];
  fired: Firing[];
}

interface Circumstances {
  appended: boolean;
  /** A recommendation of the policy is open already, and was brought up to date. */
  kept: boolean;
  now: Date;
}

/** Asks for what the rule did to the LR, as far as it still speaks about the run. */
async function actOn(
  tx: WriteTx,
  head: RunHead,
  outcome: Outcome,
  before: LoadedPolicy,
  { appended, kept, now }: Circumstances,
): Promise<Told> {
  const { loaded } = outcome;
  const known = new Map(before.fired.map((firing) => [firing.step, firing.withheld]));
  const { asked, over } = newsIn(outcome, before, appended);
  const owed = [...(appended ? before.owed : []), ...asked];
  const reason = owed.length === 0 || kept ? null : await recommend(tx, head, loaded, owed, now);
  const waits = reason === OWN_ON_ITS_WAY && loaded.policy.action === "apply";
  const steps = new Set(owed.map(({ step }) => step));
  const withheldOf = ({ step }: Firing): string | undefined => {
    if (steps.has(step)) return reason ?? undefined;
    if (over?.step === step) return over.reason;
    return known.has(step) || kept ? known.get(step) : OVERTAKEN;
  };
  return {
    acted: asked.length > 0 || over !== null || (owed.length > 0 && !waits),
    owed: waits ? owed : [],
    fired: loaded.fired.map((firing) => withReason(firing, withheldOf(firing))),
  };
}

function withReason(firing: Firing, reason: string | undefined): Firing {
  const told = { ...firing, withheld: reason };
  if (reason === undefined) delete told.withheld;
  return told;
}

const OVERTAKEN = "it was over by the time its data came";

/** Of what the rule did, what is to be asked for, and the firing for which it is too late. */
function newsIn(
  { loaded, firings, done, last }: Outcome,
  before: LoadedPolicy,
  appended: boolean,
): { asked: NewDone[]; over: { step: number; reason: string } | null } {
  const prompt = appended && last && loaded.policy.action === "apply" ? promptOnly(done, last.time) : [];
  if (prompt.length > 0) return { asked: prompt, over: null };
  const news = newsOf(
    { firings, bestStep: loaded.state.best_step },
    { fired: before.fired.map(({ step }) => step), lastStep: before.row.lastStep },
  );
  if (news.kind === "none") return { asked: [], over: null };
  if (news.kind === "over") return { asked: [], over: news };
  return { asked: done.filter(({ step }) => step === news.step), over: null };
}

async function save(tx: WriteTx, { row, state }: LoadedPolicy, { owed, fired }: Told): Promise<void> {
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: {
      state: JSON.stringify(state),
      fired: JSON.stringify(fired),
      owed: JSON.stringify(
        owed.map(({ step, message, evidence, command }) => ({ step, message, evidence, command })),
      ),
      lastStep: row.lastStep,
    },
  });
}
