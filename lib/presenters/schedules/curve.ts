import {
  compileDeclared,
  type DeclaredSchedule,
  isNative,
  needsMetrics,
} from "@/lib/domain/schedules/declared";
import { rulePath } from "@/lib/presenters/charts/sparkline";
import { lrs } from "@/lib/domain/schedules/lr-at";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { CURVE_BOX } from "./curve-box";
import { ASSUMED_STEPS } from "./design-link";

const SAMPLES = 240;

/** An SVG path of a schedule of our own, from zero up; over its length, or `steps` when it has none. */
export function curvePath(spec: ScheduleSpec, steps = scheduleLength(spec) ?? ASSUMED_STEPS): string {
  const stride = Math.max(1, Math.floor(steps / SAMPLES));
  return pathOf(lrs(spec, 0, Math.max(2, steps), stride));
}

/** The same of any declared schedule: the sign of a rule that follows a metric, "" for what needs a run's lengths. */
export function declaredPath(schedule: DeclaredSchedule): string {
  try {
    if (needsMetrics(schedule)) return rulePath(CURVE_BOX.width, CURVE_BOX.height);
    if (isNative(schedule)) return curvePath(schedule);
    const compiled = compileDeclared(schedule, { stepsPerEpoch: 100, totalSteps: ASSUMED_STEPS });
    const steps = compiled.length ?? ASSUMED_STEPS;
    return pathOf(compiled.lrs(0, Math.max(2, steps), Math.max(1, Math.floor(steps / SAMPLES)))[0] ?? []);
  } catch (error) {
    if (error instanceof ScheduleError) return "";
    throw error;
  }
}

/** Zero is the lower edge: a small floor must look small. */
function pathOf(values: Iterable<number>): string {
  const shown = Array.from(values);
  const top = shown.reduce((a, b) => (b > a ? b : a), 0);
  if (!(top > 0)) return "";
  const x = (i: number) => ((i / Math.max(1, shown.length - 1)) * CURVE_BOX.width).toFixed(1);
  const y = (lr: number) => ((1 - lr / top) * CURVE_BOX.height).toFixed(1);
  return shown.map((lr, i) => `${i === 0 ? "M" : "L"}${x(i)} ${y(lr)}`).join("");
}
