import "server-only";
import { newsOf, promptOnly } from "@/lib/domain/plateau/current-firing";
import { countOf, type Firings } from "@/lib/domain/plateau/firings";
import type { RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";
import { keepFirings } from "./firing-parts";
import type { NewDone, Outcome } from "./fold";
import { keepRecommendation } from "./keep-recommendation";
import type { Done, Firing, LoadedPolicy } from "./policy-rows";
import { recommend } from "./recommend";
import { OWN_ON_ITS_WAY } from "./withheld";

/**
 * Makes requests of what a policy found, as far as it still speaks about the run, and stores where it stands. `before`
 * knows all firings where the policy began anew, else those that what it owes goes back to. True when something fired or changed
 * among the requests.
 */
export async function settleOutcome(
  tx: WriteTx,
  head: RunHead,
  outcome: Outcome,
  before: LoadedPolicy,
  now: Date,
): Promise<boolean> {
  const kept = await keepRecommendation(tx, head, outcome, now);
  const told = await actOn(tx, head, outcome, before, kept.open, now);
  await savePolicy(tx, outcome.loaded, told);
  return kept.changed || told.acted;
}

interface Told {
  /** Something fired, or a request was made. */
  acted: boolean;
  owed: Done[];
  firings: Firings<Firing>;
}

/** Asks for what the rule did to the LR. `kept`: a recommendation is open already, and was brought up to date. */
async function actOn(
  tx: WriteTx,
  head: RunHead,
  outcome: Outcome,
  before: LoadedPolicy,
  kept: boolean,
  now: Date,
): Promise<Told> {
  const { loaded } = outcome;
  const known = new Map(before.firings.list.map((firing) => [firing.step, firing.withheld]));
  const { asked, over } = newsIn(outcome, before);
  const owed = [...(outcome.late ? [] : before.owed), ...asked];
  const reason = owed.length === 0 || kept ? null : await recommend(tx, head, loaded, owed, now);
  const waits = reason === OWN_ON_ITS_WAY && loaded.policy.action === "apply";
  const steps = new Set(owed.map(({ step }) => step));
  const withheldOf = ({ step }: Firing): string | undefined => {
    if (steps.has(step)) return reason ?? undefined;
    if (over?.step === step) return over.reason;
    return known.has(step) || kept ? known.get(step) : OVERTAKEN;
  };
  const list = loaded.firings.list.map((firing) => withReason(firing, withheldOf(firing)));
  return {
    acted: asked.length > 0 || over !== null || (owed.length > 0 && !waits),
    owed: waits ? owed : [],
    firings: { ...loaded.firings, list },
  };
}

function withReason(firing: Firing, reason: string | undefined): Firing {
  const told = { ...firing, withheld: reason };
  if (reason === undefined) delete told.withheld;
  return told;
}

const OVERTAKEN = "the plateau was over by the time its data arrived";

/** Of what the rule did, what is to be asked for, and the firing for which it is too late. */
function newsIn(
  { loaded, late, lastFired, done, last }: Outcome,
  before: LoadedPolicy,
): { asked: NewDone[]; over: { step: number; reason: string } | null } {
  const asksForAll = loaded.policy.action === "apply" && !late && last;
  const prompt = asksForAll ? promptOnly(done, last.time) : [];
  if (prompt.length > 0) return { asked: prompt, over: null };
  const { firings } = before;
  const news = newsOf(
    { lastFired, count: countOf(loaded.firings), bestStep: loaded.state.best_step },
    {
      lastFired: firings.list.at(-1)?.step ?? null,
      count: countOf(firings),
      lastStep: before.row.lastStep,
    },
  );
  if (news.kind === "none") return { asked: [], over: null };
  if (news.kind === "over") return { asked: [], over: news };
  return { asked: done.filter(({ step }) => step === news.step), over: null };
}

const BEFORE_ITS_TIME = "it lies before the policy was added";

/** A policy that was just set: what it found is no news. */
export async function settleAsPast(tx: WriteTx, { loaded }: Outcome): Promise<void> {
  const list = loaded.firings.list.map((firing) => ({ ...firing, withheld: BEFORE_ITS_TIME }));
  await savePolicy(tx, loaded, { owed: [], firings: { ...loaded.firings, list } });
}

/** Where a policy stands, up to date with all that it has taken in. */
async function savePolicy(
  tx: Pick<WriteTx, "prisma">,
  { row, state }: LoadedPolicy,
  { owed, firings }: Pick<Told, "owed" | "firings">,
): Promise<void> {
  const kept = owed.map(({ step, message, evidence, command }, i) =>
    i === owed.length - 1 ? { step, message, evidence, command } : { step, command },
  );
  await tx.prisma.plateauPolicy.update({
    where: { id: row.id },
    data: {
      ...(await keepFirings(tx, row, firings)),
      state: JSON.stringify(state),
      owed: JSON.stringify(kept),
      lastStep: row.lastStep,
      behind: null,
      quietTo: null,
      revision: { increment: 1 },
    },
  });
}
