import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import type { Observation } from "@/lib/domain/metrics/observation";
import { promptOnly } from "@/lib/domain/plateau/current-firing";
import { observe } from "@/lib/domain/plateau/detect";
import { explain } from "@/lib/domain/plateau/explain";
import { checksSinceBest, type DetectorState } from "@/lib/domain/plateau/detector-state";
import { NO_FIRINGS, pruned } from "@/lib/domain/plateau/firings";
import { commandOf, type LrCommand } from "@/lib/domain/plateau/lr-command";
import type { PlateauEvidence } from "@/lib/domain/plateau/plateau-policy";
import { withEnd } from "@/lib/domain/plateau/plateaus";
import { mayFire } from "@/lib/domain/plateau/policy-limits";
import { type Done, type Firing, type LoadedPolicy, startState } from "./policy-rows";

/** What the rule did to the LR at a check, and when that was logged. */
export interface NewDone extends Done {
  time: number;
  raises: boolean;
}

/** The last check, as the rule saw it. */
export interface LastCheck {
  step: number;
  time: number;
  evidence: PlateauEvidence;
}

export interface Outcome {
  loaded: LoadedPolicy;
  /** Values came late: the series is another one than before, not only longer. */
  late: boolean;
  /** The last step that fired. */
  lastFired: number | null;
  /** The last thing done, what was done at the last firing and at the best value, and all that is prompt. */
  done: NewDone[];
  last: LastCheck | null;
}

/** Before any further value. */
export const untouched = (loaded: LoadedPolicy): Outcome => ({
  loaded,
  late: false,
  lastFired: null,
  done: [],
  last: null,
});

/** Before the first value. `rates`: what `startingLrs` found. */
export function fromStart(loaded: LoadedPolicy, rates: number[] | null, late = false): Outcome {
  const row = { ...loaded.row, lastStep: null };
  const state = startState(loaded.policy, rates);
  const start = { ...loaded, row, state, outdated: false, firings: NO_FIRINGS, owed: [] };
  return { ...untouched(start), late };
}

type Seen = ReturnType<typeof observe>;

/** Something done. Its evidence is worked out when it is read: that takes many times as long as the check. */
interface SeenDone {
  done: NewDone;
  seen: Seen | null;
}

/** A policy on its way through values. */
interface Walk {
  loaded: LoadedPolicy;
  state: DetectorState;
  list: Firing[];
  done: SeenDone[];
  /** The last firing of this walk. */
  fired: { step: number; seen: Seen } | null;
  last: { step: number; time: number; seen: Seen } | null;
}

/** Takes the policy on by further `values`, in order of step. `known`: its rates are the run's. */
export function goOn(before: Outcome, values: readonly Observation[], known: boolean): Outcome {
  const { loaded, done } = before;
  const { state, firings } = loaded;
  const seenDone = done.map((one) => ({ done: one, seen: null }));
  const walk: Walk = {
    loaded,
    state,
    list: [...firings.list],
    done: seenDone,
    fired: null,
    last: null,
  };
  for (const value of values) take(walk, value, known);
  const { list, fired, last } = walk;
  if (!last) return before;
  if (fired) tell(list, loaded.row.metric, fired.seen);
  const now = { ...loaded, row: { ...loaded.row, lastStep: last.step }, state: walk.state };
  const outcome = { ...before, loaded: now, lastFired: fired?.step ?? before.lastFired };
  return {
    ...outcome,
    loaded: { ...now, firings: pruned({ before: firings.before, list }) },
    done: keptOf(walk.done, outcome, last.time),
    last: { step: last.step, time: last.time, evidence: last.seen.evidence },
  };
}

function take(walk: Walk, { step, time, value }: Observation, known: boolean): void {
  const { policy, row } = walk.loaded;
  const seen = observe(policy.spec, walk.state, value, step);
  const command = commandOf(policy.spec, walk.state, seen, known);
  if (seen.state.best_step === step) endLast(walk.list, walk.state, walk.last?.step ?? row.lastStep);
  walk.state = seen.state;
  walk.last = { step, time, seen };
  if (!isNews(seen, command) || !mayFire(policy.limits, seen.state.seen, step)) return;
  if (seen.fired !== null) fire(walk, step, seen);
  if (command) walk.done.push({ done: { ...NO_WORDS, step, time, command, raises: isRaise(seen) }, seen });
}

/** The firing before it tells what it saw when it was the last of its plateau. */
function fire(walk: Walk, step: number, seen: Seen): void {
  const { list, fired, loaded } = walk;
  if (fired && list.at(-1)?.since_step !== seen.evidence.best_step) tell(list, loaded.row.metric, fired.seen);
  list.push(firingOf(step, seen));
  walk.fired = { step, seen };
}

const NO_WORDS = { message: "", evidence: {} };

const isNews = ({ fired }: Seen, command: LrCommand | null): boolean => fired !== null || command !== null;

const isRaise = ({ fired }: Seen): boolean => fired === "raise" || fired === "reset";

function firingOf(step: number, seen: Seen): Firing {
  const { best_step: since_step, checks_since_best: checks } = seen.evidence;
  const firing = { step, since_step, checks };
  return isRaise(seen) ? { ...firing, raises: true } : firing;
}

/** The last firing, which is the last of its plateau, with what it saw. */
function tell(list: Firing[], metric: string, seen: Seen): void {
  const last = list.at(-1);
  if (last) list[list.length - 1] = { ...last, message: messageOf(metric, seen) };
}

/** The metric improves: the plateau of the last firing, if it was one still, ended with the check at `step`. */
function endLast(list: Firing[], state: DetectorState, step: number | null): void {
  const last = list.at(-1);
  if (!last || step === null) return;
  list[list.length - 1] = withEnd(last, state.best_step, { step, checks: checksSinceBest(state) });
}

function messageOf(metric: string, { fired, evidence }: Seen): string {
  return fired === null ? `${metric} is in the rule's warmup.` : explain(metric, fired, evidence);
}

/** What may still be asked for, or told. Words and evidence for what may be the last of it. */
function keptOf(
  done: readonly SeenDone[],
  { loaded: { row, policy, state }, lastFired, late }: Outcome,
  now: number,
): NewDone[] {
  const asksForAll = policy.action === "apply" && !late;
  const prompt = new Set(
    asksForAll
      ? promptOnly(
          done.map((one) => one.done),
          now,
        )
      : [],
  );
  return done.flatMap(({ done: one, seen }, i) => {
    const tells = i === done.length - 1 || one.step === lastFired;
    if (!tells) return one.step === state.best_step || prompt.has(one) ? [one] : [];
    return seen ? [{ ...one, message: messageOf(row.metric, seen), evidence: stored(seen.evidence) }] : [one];
  });
}

export const stored = (evidence: PlateauEvidence): JsonObject =>
  JsonObject.parse(JSON.parse(JSON.stringify(evidence)));
