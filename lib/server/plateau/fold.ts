import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import { observe } from "@/lib/domain/plateau/detect";
import { explain } from "@/lib/domain/plateau/explain";
import { checksSinceBest, type DetectorState } from "@/lib/domain/plateau/detector-state";
import { commandOf, dependsOnRates, fittingRates, type LrCommand } from "@/lib/domain/plateau/lr-command";
import type { NormalPolicy, PlateauEvidence } from "@/lib/domain/plateau/plateau-policy";
import { withEnd } from "@/lib/domain/plateau/plateaus";
import { mayFire } from "@/lib/domain/plateau/policy-limits";
import { firstLrs } from "../control/current-lrs";
import type { MetricStore } from "../metrics/store";
import type { WriteTx } from "../transaction";
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
  /** The steps that fired. */
  firings: number[];
  done: NewDone[];
  last: LastCheck | null;
}

/** Takes the policy on by `values`, in order of step. `known`: its rates are the run's. */
export function fold(loaded: LoadedPolicy, values: readonly Observation[], known: boolean): Outcome {
  const { row, policy } = loaded;
  const done: NewDone[] = [];
  const firings: number[] = [];
  const fired = [...loaded.fired];
  let { state } = loaded;
  // Evidence is worked out when it is read, which takes several times as long as the check: only few are read.
  let last: { step: number; time: number; seen: Seen } | null = null;
  for (const { step, time, value } of values) {
    const seen = observe(policy.spec, state, value, step);
    const command = commandOf(policy.spec, state, seen, known);
    if (seen.state.best_step === step) endLast(fired, state, last?.step ?? row.lastStep);
    state = seen.state;
    last = { step, time, seen };
    if (!isNews(seen, command) || !mayFire(policy.limits, state.seen, step)) continue;
    const told = { step, message: messageOf(row.metric, seen), raises: isRaise(seen) };
    if (seen.fired !== null) {
      fired.push(firingOf(told, seen));
      firings.push(step);
    }
    if (command) done.push({ ...told, time, command, evidence: stored(seen.evidence) });
  }
  const lastStep = last?.step ?? row.lastStep;
  return {
    loaded: { ...loaded, row: { ...row, lastStep }, state, fired },
    firings,
    done,
    last: last && { step: last.step, time: last.time, evidence: last.seen.evidence },
  };
}

type Seen = ReturnType<typeof observe>;

const isNews = ({ fired }: Seen, command: LrCommand | null): boolean => fired !== null || command !== null;

const isRaise = ({ fired }: Seen): boolean => fired === "raise" || fired === "reset";

function firingOf(
  { step, message, raises }: Omit<NewDone, "time" | "command" | "evidence">,
  seen: Seen,
): Firing {
  const { best_step: since_step, checks_since_best: checks } = seen.evidence;
  const firing = { step, since_step, message, checks };
  return raises ? { ...firing, raises } : firing;
}

/** The metric improves: the plateau of the last firing, if it was one still, ended with the check at `step`. */
function endLast(fired: Firing[], state: DetectorState, step: number | null): void {
  const last = fired.at(-1);
  if (!last || step === null) return;
  fired[fired.length - 1] = withEnd(last, state.best_step, { step, checks: checksSinceBest(state) });
}

function messageOf(metric: string, { fired, evidence }: Seen): string {
  return fired === null ? `${metric} is in the rule's warmup.` : explain(metric, fired, evidence);
}

export const stored = (evidence: PlateauEvidence): JsonObject =>
  JsonObject.parse(JSON.parse(JSON.stringify(evidence)));

/** The LRs that the rule starts from; null where they are not known, or nothing hangs on them. */
export async function startingLrs(
  tx: Pick<WriteTx, "prisma">,
  run: { id: string; lrMetric: string | null },
  { spec, base_lrs: given }: NormalPolicy,
): Promise<number[] | null> {
  if (given !== null || !dependsOnRates(spec)) return given;
  return fittingRates(spec, await firstLrs(tx, run));
}

/** The whole series once more, from the rule's first state. `rates`: what `startingLrs` found. */
export async function replayPolicy(
  store: MetricStore,
  runId: string,
  loaded: Pick<LoadedPolicy, "row" | "stored" | "policy">,
  rates: number[] | null,
): Promise<Outcome> {
  const [series] = await store.findSeries(runId, [loaded.row.metric]);
  const values = series ? latestPerStep(await store.observations(series.id, 0, series.lastStep)) : [];
  const state = startState(loaded.policy, rates);
  return fold({ ...loaded, state, outdated: false, fired: [], owed: [] }, values, rates !== null);
}
