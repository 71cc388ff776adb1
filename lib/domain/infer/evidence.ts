import { leavesOf } from "@/lib/domain/audit/leaves";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { Series } from "./series";

/** Points that a schedule needs beyond as many as it has numbers: any curve goes through fewer. */
const MORE_POINTS = 3;

/** Points that a line needs, the simplest curve that moves. */
export const LEAST_POINTS = 6;

/** How many points a log has to have for a schedule to be more than a guess. */
export const pointsNeeded = (spec: DeclaredSchedule): number => leavesOf(spec).length + MORE_POINTS;

/** The points that speak for a schedule: of one that counts epochs, one an epoch. */
export function pointsFor(spec: DeclaredSchedule, { steps }: Series): number {
  if (!isNative(spec) || spec.kind !== "per_epoch") return steps.length;
  return new Set(steps.map((step) => Math.floor(step / spec.steps_per_epoch))).size;
}

export const hasEvidence = (spec: DeclaredSchedule, series: Series): boolean =>
  pointsFor(spec, series) >= pointsNeeded(spec);
