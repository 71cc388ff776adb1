import "server-only";
import type { AdviseBody } from "@/lib/contracts/advise";
import type { BacktestRequest } from "@/lib/contracts/backtest";
import type { ExportBody } from "@/lib/contracts/export";
import type { EvaluateBody } from "@/lib/contracts/schedules";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";

/** Of a schedule's JSON, what stands for one plain schedule: what is nested or listed costs by its length. */
const PLAIN_TEXT = 200;

/** How many times the work of a plain schedule one value of this one takes, over all its param groups. */
export const weightOf = (schedule: DeclaredSchedule): number =>
  groupsIn(schedule) * Math.max(1, JSON.stringify(schedule).length / PLAIN_TEXT);

function groupsIn(schedule: DeclaredSchedule): number {
  if (!isNative(schedule)) return Math.max(1, schedule.base_lrs?.length ?? 1);
  return schedule.kind === "groups" ? schedule.groups.length : 1;
}

/** Some schedules are followed from their start to get to a step, so a step costs as much as all before it. */
export function evaluateCost({ schedule, steps }: EvaluateBody): number {
  const asked = typeof steps === "number" ? steps : lastOf(steps ?? []) + 1;
  return weightOf(schedule) * (isNative(schedule) ? asked : drivenSteps(schedule, asked));
}

/** How often a library's schedule is stepped within so many updates, or by all that its `stepping` lists. */
export function drivenSteps({ stepping }: LibrarySchedule, updates: number): number {
  if (!stepping) return updates;
  if ("unit" in stepping) return updates * (stepping.calls ?? 1);
  return Math.max(updates, listedSteps(stepping));
}

function listedSteps(stepping: Exclude<LibrarySchedule["stepping"], undefined | { unit: unknown }>): number {
  if ("calls" in stepping) return stepping.calls.length;
  return "steps" in stepping ? lastOf(stepping.steps) : stepping.count;
}

const lastOf = (steps: readonly number[]): number => steps.reduce((last, step) => Math.max(last, step), 0);

/** What looks for an explanation tries many, and a short log may need as many as a long one. */
export const SEARCH = Infinity;

/** A check of a rule takes as long as so many values. One of a long window goes through that. */
export const CHECK = 40;

export function backtestCost({ policy, metrics }: BacktestRequest): number {
  const window = typeof policy.window === "number" ? policy.window : 0;
  return metrics.length * Math.max(CHECK, window);
}

/** Written code is compared with the schedule over its length, and a planned schedule is looked at as a whole. */
const WHOLE_SCHEDULE = 1000;

export const exportCost = ({ schedule }: ExportBody): number => WHOLE_SCHEDULE * weightOf(schedule);

export const adviseCost = ({ plan }: AdviseBody): number =>
  plan?.schedule ? WHOLE_SCHEDULE * weightOf(plan.schedule) : WHOLE_SCHEDULE;

/** Each point of a sweep is held against the others around it. */
export const sweepCost = ({ lrs }: { lrs: readonly number[] }): number => 10 * lrs.length;

/** Two losses and the LR are read, each as buckets of steps. */
export const healthCost = ({ steps }: { steps: number }): number => 3 * steps;
