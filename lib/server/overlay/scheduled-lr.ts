import "server-only";
import type { LrCurve } from "@/lib/contracts/overlay";
import type { XAxis } from "@/lib/contracts/metrics";
import type { DriftSpan } from "@/lib/domain/audit/drift";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import { isNative } from "@/lib/domain/schedules/declared";
import type { Window } from "../metrics/read-series";
import { storedSchedule } from "../schedules/declared-lr";
import { effectiveAt } from "../schedules/effective-lr";
import { curveOf, type DeclaredCurve, type FollowedRule } from "../schedules/rule-curve";
import { drivenSteps, weightOf } from "../work/costs";
import { curveSteps } from "./curve-steps";
import { driftInWindow } from "./drift-in-window";
import type { LoggedLr } from "./logged-lr";

export interface ScheduledLrInput {
  schedule: string;
  stepsPerEpoch: number | null;
  totalSteps: number | null;
  /** What the rule did, of a schedule that follows a metric. */
  rule: FollowedRule | null;
  changes: readonly LrChange[];
  window: Window;
  axis: XAxis;
  logged: readonly LoggedLr[];
  audit: Pick<AuditReport, "verdict" | "offset">;
}

export interface ScheduledLr {
  declared: LrCurve | null;
  effective: LrCurve | null;
  drift: DriftSpan[];
}

/**
 * A chart evaluates its schedule at each of its steps, and where it looks for jumps at about as many more. A library's may
 * have to be followed to the last of them.
 */
export function scheduledLrCost({ schedule, window, changes }: ScheduledLrInput): number {
  const declared = storedSchedule(schedule);
  const shown = 2 * window.buckets + changes.length;
  return weightOf(declared) * Math.max(shown, isNative(declared) ? 0 : drivenSteps(declared, window.to));
}

const NOTHING: ScheduledLr = { declared: null, effective: null, drift: [] };

/** What a chart shows of a run's schedule. */
export function scheduledLr(input: ScheduledLrInput): ScheduledLr {
  const { rule, changes, axis, logged, audit } = input;
  const declared = curveOf(input, rule);
  if (!declared) return NOTHING;
  const drift = driftInWindow(logged, declared, changes, audit);
  const window = { ...input.window, to: Math.min(input.window.to, declared.until ?? input.window.to) };
  if (window.to < window.from) return { ...NOTHING, drift };
  const curve = loggedAs(declared, audit);
  const { steps, x } = curveSteps(curve, changes, window, axis, logged);
  return {
    declared: drawnOf(steps, x, curve.at(steps)),
    effective: changes.length > 0 ? drawnOf(steps, x, effectiveAt(curve, changes, steps)) : null,
    drift,
  };
}

/** Before the value of its own step or after it is the logger's convention, by which a rule's cut is drawn. */
const loggedAs = ({ at, until }: DeclaredCurve, { offset }: Pick<AuditReport, "offset">): DeclaredCurve => ({
  at: (steps) => at(until === null ? steps : Array.from(steps, (step) => step + (offset ?? 0))),
  until,
});

/** Where a schedule has grown beyond a double there is nothing to draw. */
function drawnOf(steps: readonly number[], x: LrCurve["x"], lrs: readonly Float64Array[]): LrCurve {
  const drawn = (_: unknown, i: number) => lrs.every((group) => Number.isFinite(group[i]));
  return {
    steps: steps.filter(drawn),
    x: x.filter(drawn),
    lrs: lrs.map((group) => [...group.filter(drawn)]),
  };
}
