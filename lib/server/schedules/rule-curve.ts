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

/**
 * What a run declares of the LR of each step, `replay` being how a rule that follows a metric is run. Of such a rule that
 * is what it does with the values logged so far, and nothing beyond them; null without a schedule, and while its metric is
 * not known.
 */
export async function curveOf(
  store: MetricStore,
  { id, lastStep, schedule, stepsPerEpoch, totalSteps }: CurvedRun,
  replay: (ruled: RuledRun) => Promise<RuleRates | null>,
): Promise<DeclaredCurve | null> {
  const compiled = declaredSchedule({ schedule, stepsPerEpoch, totalSteps });
  if (!compiled || schedule === null) return null;
  if (!compiled.needsMetrics) return { at: compiled.at, until: null };
  const monitored = await monitoredRow(store, id, storedSchedule(schedule));
  const rates = monitored && (await replay({ schedule, stepsPerEpoch, totalSteps, monitored }));
  if (!rates) return null;
  return {
    at: (steps) => rates.start.map((_, group) => ratesAt(rates, steps, group)),
    // Until the next value comes the rule changes nothing.
    until: Math.max(monitored.lastStep, lastStep ?? 0),
  };
}

/** The rule run over all that was logged; null for one that stands inside another schedule, or that its library refuses. */
export async function replayOn(store: MetricStore, ruled: RuledRun): Promise<RuleRates | null> {
  const declared = storedSchedule(ruled.schedule);
  const compiled = declaredSchedule(ruled);
  const rule = plateauRule(declared);
  if (!rule || !compiled) return null;
  const start = compiled.at([0]).map(([lr = Number.NaN]) => lr);
  return ruleRates(rule, start, seenValues(declared, await readMonitored(store, ruled.monitored)));
}
