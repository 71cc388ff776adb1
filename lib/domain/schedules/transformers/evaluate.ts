import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import {
  type Arguments,
  number,
  object,
  optional,
  orNull,
  readArguments,
  required,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { baseLrsOf, steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { cosine, cosineWarmupWithMinLr, cosineWithMinLr, cosineWithRestarts } from "./cosine";
import { constant, constantWithWarmup, inverseSqrt, linear, polynomial } from "./decays";
import type { FactorBuilder } from "./factor";
import { warmupStableDecay } from "./warmup-stable-decay";

const BUILDERS: Readonly<Record<string, FactorBuilder>> = {
  linear,
  cosine,
  cosine_with_restarts: cosineWithRestarts,
  polynomial,
  constant,
  constant_with_warmup: constantWithWarmup,
  inverse_sqrt: inverseSqrt,
  cosine_with_min_lr: cosineWithMinLr,
  cosine_warmup_with_min_lr: cosineWarmupWithMinLr,
  warmup_stable_decay: warmupStableDecay,
  // These two follow metrics (lib/domain/plateau); without them the LR stays.
  reduce_lr_on_plateau: constant,
  greedy: constant,
};

const METRIC_DRIVEN = ["reduce_lr_on_plateau", "greedy"];

const PARAMETERS = {
  name: required(string),
  num_warmup_steps: optional(orNull(number), null),
  num_training_steps: optional(orNull(number), null),
  scheduler_specific_kwargs: optional(orNull(object), null),
};

/** Drives `get_scheduler`'s LambdaLR by `stepping` (`step` or `calls`). Throws ScheduleError for a bad declaration. */
export function evaluateTransformers(schedule: LibrarySchedule): LibraryEvaluation {
  return sample(() => transformersLr(schedule), {
    steps: epochsOf(schedule),
    groups: baseLrsOf(schedule).length,
    uncalled: 1,
  });
}

/** The LR per group after t `.step()`s. Throws PythonError where transformers raises. */
export function transformersLr(schedule: LibrarySchedule): Curve {
  const bases = baseLrsOf(schedule);
  const args = readGetScheduler(schedule);
  const builder = Object.hasOwn(BUILDERS, args.name) ? BUILDERS[args.name] : undefined;
  if (!builder) {
    const known = Object.keys(BUILDERS).join(", ");
    throw new PythonError("ValueError", `'${args.name}' is not a valid SchedulerType; known: ${known}`);
  }
  const factor = builder({
    member: args.name.toUpperCase(),
    warmup: args.num_warmup_steps,
    total: args.num_training_steps,
    defaultLr: bases[0] ?? NaN,
    kwargs: args.scheduler_specific_kwargs ?? {},
    path: "schedule.kwargs.scheduler_specific_kwargs",
  });
  return (t) => {
    const scale = factor(t);
    return bases.map((base) => base * scale);
  };
}

export function transformersLength(schedule: LibrarySchedule): number | null {
  return readGetScheduler(schedule).num_training_steps;
}

export function transformersNeedsMetrics(schedule: LibrarySchedule): boolean {
  return METRIC_DRIVEN.includes(readGetScheduler(schedule).name);
}

export type GetScheduler = Arguments<typeof PARAMETERS>;

/** get_scheduler's arguments, with its defaults. */
export function readGetScheduler({ constructor, kwargs }: LibrarySchedule): GetScheduler {
  const name = bareName(constructor);
  if (name !== "get_scheduler") {
    throw new ScheduleError("schedule.constructor", `unknown constructor ${name}; known: get_scheduler`);
  }
  return readArguments(kwargs, "schedule.kwargs", PARAMETERS);
}

/** The epoch that LambdaLR is at after construction and after every call. */
function epochsOf(schedule: LibrarySchedule): readonly number[] {
  const stepping = steppingOf(schedule, ["step", "calls"]);
  if (stepping.mode === "step") return upTo(stepping.count);
  const epochs = [0];
  for (const call of stepping.calls) epochs.push(call ?? (epochs.at(-1) ?? 0) + 1);
  return epochs;
}
