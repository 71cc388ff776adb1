import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { findConstructor } from "@/lib/domain/schedules/shared/constructors";
import { sample, through, type Curve } from "@/lib/domain/schedules/shared/sample";
import { baseLrsOf, steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { readBlueprint, ruleCount } from "@/lib/domain/schedules/torch/blueprint";
import { construct } from "@/lib/domain/schedules/torch/construct";
import { paramGroups } from "@/lib/domain/schedules/torch/param-group";
import { plainForm } from "@/lib/domain/schedules/torch/plain-form";
import { steppedForm } from "@/lib/domain/schedules/torch/stepped-form";
import { WARMUPS, type Warmup } from "./warmups";

/** torch's default for Adam. */
const DEFAULT_BETA2 = 0.999;

/** The LR used in each iteration of a `dampening` stepping. Throws ScheduleError for a bad declaration. */
export function evaluatePytorchWarmup(schedule: LibrarySchedule): LibraryEvaluation {
  const { count } = steppingOf(schedule, ["dampening"]);
  const groups = baseLrsOf(schedule).length;
  return sample(() => pytorchWarmupLr(schedule), { steps: upTo(count), groups, uncalled: 1 });
}

/**
 * The LR per group in iteration t, 0-based: the inner torch schedule's LR times ω(t). The inner scheduler steps on the
 * undamped LR, which is kept aside, so the two multiply. With `delay` it only starts to step once the warmup period is
 * over. Throws PythonError where torch or the warmup raises.
 */
export function pytorchWarmupLr(schedule: LibrarySchedule): Curve {
  const inner = innerLr(schedule);
  const warmup = findConstructor(
    WARMUPS,
    schedule.constructor,
    "schedule.constructor",
  )({
    kwargs: schedule.kwargs,
    path: "schedule.kwargs",
    groups: baseLrsOf(schedule).length,
    beta2: schedule.beta2 ?? DEFAULT_BETA2,
  });
  const firstStep = warmup.lastStep + 1;
  const held = schedule.delay ? Math.max(0, periodOf(warmup) - 1 - firstStep) : 0;
  return through(inner, (t) => {
    const lrs = inner(Math.max(0, t - held));
    return warmup.groups.map(({ factor }, group) => (lrs[group] ?? Number.NaN) * factor(firstStep + t));
  });
}

/** The inner schedule's LR after k steps; the base LRs when there is none. */
function innerLr(schedule: LibrarySchedule): Curve {
  const groups = paramGroups(schedule);
  const bases = groups.map((group) => group.lr);
  if (!schedule.lr_scheduler) return () => bases;
  const blueprint = readBlueprint(schedule.lr_scheduler, "schedule.lr_scheduler", groups.length);
  const scheduler = construct(blueprint, groups);
  return (
    (schedule.resume ? null : plainForm(blueprint, bases)) ??
    steppedForm(scheduler, groups, ruleCount(blueprint))
  );
}

/** How long a delayed inner scheduler waits: until every group's warmup is over. */
function periodOf({ groups }: Warmup): number {
  const periods = groups.map(({ period }) => period).filter((period) => period !== undefined);
  if (periods.length === groups.length) return Math.max(...periods);
  throw new ScheduleError("schedule.delay", "this warmup has no period to delay the inner scheduler by");
}
