import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { isPlateauClass } from "@/lib/domain/schedules/metric-driven";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { timmCycleLength } from "@/lib/domain/schedules/timm/evaluate";
import { torchLength } from "@/lib/domain/schedules/torch/torch-lr";
import { transformersLength } from "@/lib/domain/schedules/transformers/evaluate";

/** The arguments whose sum is the length of a schedule function; what is not here goes on for ever. */
const LENGTH_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  CosineDecay: ["decay_steps", "warmup_steps"],
  PolynomialDecay: ["decay_steps"],
  cosine_decay_schedule: ["decay_steps"],
  warmup_cosine_decay_schedule: ["decay_steps"],
  linear_schedule: ["transition_steps", "transition_begin"],
  polynomial_schedule: ["transition_steps", "transition_begin"],
  cosine_onecycle_schedule: ["transition_steps"],
  linear_onecycle_schedule: ["transition_steps"],
};

/**
 * Scheduler steps after which the schedule has said all it has to say, or null when it goes on for ever or the run's
 * own length decides. The schedule is valid (it has been read already).
 */
export function libraryLength(schedule: LibrarySchedule): number | null {
  if (isPlateauClass(schedule)) return null;
  switch (libraryOf(schedule)) {
    case "torch":
      return torchLength(schedule);
    case "transformers":
      return transformersLength(schedule);
    case "timm":
      return timmCycleLength(schedule);
    default:
      return summedArguments(schedule);
  }
}

function summedArguments({ constructor, kwargs }: LibrarySchedule): number | null {
  const name = bareName(constructor);
  const names = Object.hasOwn(LENGTH_ARGUMENTS, name) ? (LENGTH_ARGUMENTS[name] ?? []) : [];
  const lengths = names.map((argument) => kwargs[argument]).filter((value) => typeof value === "number");
  return lengths.length === 0 ? null : lengths.reduce((sum, length) => sum + length, 0);
}
