import type {
  LibraryEvaluation,
  LibraryName,
  LibrarySchedule,
} from "@/lib/domain/schedules/library-schedule";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { baseLrsOf } from "@/lib/domain/schedules/shared/schedule-input";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { transformersNeedsMetrics } from "@/lib/domain/schedules/transformers/evaluate";

/**
 * Classes that follow a metric; lib/domain/plateau holds their rules. Without metrics the LR is the optimizer's. torch's
 * ReduceLROnPlateau is among torch's own classes as well, since others refuse to contain it.
 */
export const PLATEAU_CLASSES: Readonly<Partial<Record<LibraryName, string>>> = {
  torch: "ReduceLROnPlateau",
  keras: "ReduceLROnPlateau",
  timm: "PlateauLRScheduler",
  optax: "reduce_on_plateau",
  transformers: "GreedyLR",
};

export function isMetricDriven(schedule: LibrarySchedule): boolean {
  const library = libraryOf(schedule);
  const name = bareName(schedule.constructor);
  return (
    PLATEAU_CLASSES[library] === name || (library === "transformers" && transformersNeedsMetrics(schedule))
  );
}

/** Metric-driven, and not known to the library's own module. */
export function isPlateauClass(schedule: LibrarySchedule): boolean {
  const library = libraryOf(schedule);
  return library !== "torch" && PLATEAU_CLASSES[library] === bareName(schedule.constructor);
}

export function plateauLr(schedule: LibrarySchedule): Curve {
  const bases = baseLrsOf(schedule);
  return () => [...bases];
}

export function evaluatePlateau(schedule: LibrarySchedule): LibraryEvaluation {
  const { stepping } = schedule;
  if (!stepping || !("count" in stepping))
    throw new ScheduleError("schedule.stepping", "required, with a count");
  const curve = plateauLr(schedule);
  return sample(() => curve, { steps: upTo(stepping.count), groups: curve(0).length, uncalled: 1 });
}
