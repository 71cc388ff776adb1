import "server-only";
import type { LrCurve } from "@/lib/contracts/overlay";
import type { XAxis } from "@/lib/contracts/metrics";
import type { DriftSpan } from "@/lib/domain/audit/drift";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import type { Window } from "../metrics/read-series";
import { declaredSchedule } from "../schedules/declared-lr";
import { effectiveAt } from "../schedules/effective-lr";
import { curveSteps } from "./curve-steps";
import { driftInWindow } from "./drift-in-window";
import type { LoggedLr } from "./logged-lr";

export interface ScheduledLrInput {
  schedule: string;
  stepsPerEpoch: number | null;
  totalSteps: number | null;
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

/** What a chart shows of a run's schedule. */
export function scheduledLr(input: ScheduledLrInput): ScheduledLr {
  const { changes, window, axis, logged, audit } = input;
  const schedule = declaredSchedule(input);
  if (!schedule) return { declared: null, effective: null, drift: [] };
  const { steps, x } = curveSteps(schedule, changes, window, axis, logged);
  return {
    declared: curveOf(steps, x, schedule.at(steps)),
    effective: changes.length > 0 ? curveOf(steps, x, effectiveAt(schedule, changes, steps)) : null,
    drift: driftInWindow(logged, schedule, changes, audit),
  };
}

/** Where a schedule has grown beyond a double there is nothing to draw. */
function curveOf(steps: readonly number[], x: LrCurve["x"], lrs: readonly Float64Array[]): LrCurve {
  const drawn = (_: unknown, i: number) => lrs.every((group) => Number.isFinite(group[i]));
  return {
    steps: steps.filter(drawn),
    x: x.filter(drawn),
    lrs: lrs.map((group) => [...group.filter(drawn)]),
  };
}
