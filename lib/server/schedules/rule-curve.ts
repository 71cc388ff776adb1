import "server-only";
import { seenValues } from "@/lib/domain/audit/audit";
import { plateauRule } from "@/lib/domain/audit/plateau";
import { ratesAt, type RuleRates, ruleRates } from "@/lib/domain/plateau/rate-changes";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { CHECK } from "../work/costs";
import type { TaskDb } from "../work/task";
import { declaredSchedule, type ScheduledRun, storedSchedule } from "./declared-lr";
import { monitoredRow, readMonitored } from "./monitored";

/** What a declared schedule says of the LR of each step. */
export interface DeclaredCurve extends Pick<CompiledSchedule, "at"> {
  /** The last step it speaks of; null: all of them. */
  until: number | null;
}

export interface CurvedRun extends ScheduledRun {
  id: string;
  lastStep: number | null;
}

/** A declared rule and the metric that it watches. */
export interface RuledRun extends ScheduledRun {
  schedule: string;
  monitored: SeriesRow;
}

export const replayCost = ({ monitored }: RuledRun): number => CHECK * monitored.observations;

export const replayRule = async (ruled: RuledRun, db: TaskDb): Promise<RuleRates | null> =>
  replayOn(await db.store(), ruled);

/** What a rule did with the values that its metric has so far. */
export interface FollowedRule {
  rates: RuleRates;
  /** Until the next value comes it changes nothing. */
  until: number;
}

/** Runs the rule of a schedule that follows a metric; null for any other, and while its metric is not known. */
export async function followRule(
  store: MetricStore,
  { id, lastStep, schedule, stepsPerEpoch, totalSteps }: CurvedRun,
  replay: (ruled: RuledRun) => Promise<RuleRates | null>,
): Promise<FollowedRule | null> {
  const compiled = declaredSchedule({ schedule, stepsPerEpoch, totalSteps });
  if (!compiled?.needsMetrics || schedule === null) return null;
  const monitored = await monitoredRow(store, id, storedSchedule(schedule));
  const rates = monitored && (await replay({ schedule, stepsPerEpoch, totalSteps, monitored }));
  return rates && { rates, until: Math.max(monitored.lastStep, lastStep ?? 0) };
}

/**
 * What a run declares of the LR of each step. Of a rule that follows a metric that is what it did, and nothing beyond it;
 * null without a schedule, and while nothing is known of what the rule did.
 */
export function curveOf(run: ScheduledRun, rule: FollowedRule | null): DeclaredCurve | null {
  const compiled = declaredSchedule(run);
  if (!compiled) return null;
  if (!compiled.needsMetrics) return { at: compiled.at, until: null };
  if (!rule) return null;
  const { rates, until } = rule;
  return { at: (steps) => rates.start.map((_, group) => ratesAt(rates, steps, group)), until };
}

/** What a run declares, a rule being run where it stands: for what runs in a worker itself. */
export const curveOn = async (store: MetricStore, run: CurvedRun): Promise<DeclaredCurve | null> =>
  curveOf(run, await followRule(store, run, (ruled) => replayOn(store, ruled)));

/** The rule run over all that was logged; null for one that stands inside another schedule, or that its library refuses. */
async function replayOn(store: MetricStore, ruled: RuledRun): Promise<RuleRates | null> {
  const declared = storedSchedule(ruled.schedule);
  const compiled = declaredSchedule(ruled);
  const rule = plateauRule(declared);
  if (!rule || !compiled) return null;
  const start = compiled.at([0]).map(([lr = Number.NaN]) => lr);
  return ruleRates(rule, start, seenValues(declared, await readMonitored(store, ruled.monitored)));
}
