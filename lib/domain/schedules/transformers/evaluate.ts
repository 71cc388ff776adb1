import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import {
  type Arguments,
  type Kwargs,
  integer,
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
import { perBase, sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { baseLrsOf, steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { unknownName } from "@/lib/domain/schedules/shared/unknown-name";
import { cosine, cosineWarmupWithMinLr, cosineWithMinLr, cosineWithRestarts } from "./cosine";
import { constant, constantWithWarmup, inverseSqrt, linear, polynomial } from "./decays";
import type { FactorBuilder } from "./factor";
import { FUNCTION_NAMES, isScheduleFunction, throughGetScheduler } from "./functions";
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

export const TRANSFORMERS_NAMES = ["get_scheduler", "GreedyLR", ...FUNCTION_NAMES];

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

/**
 * The LR per group after t `.step()`s, from `last_epoch` on when resuming. Throws PythonError where transformers
 * raises.
 */
export function transformersLr(schedule: LibrarySchedule): Curve {
  const args = readGetScheduler(schedule);
  const bases = schedule.resume?.initial_lr ?? baseLrsOf(schedule);
  const builder = Object.hasOwn(BUILDERS, args.name) ? BUILDERS[args.name] : undefined;
  if (!builder) {
    const what = `'${args.name}' is not a valid SchedulerType`;
    throw new PythonError("ValueError", unknownName(what, args.name, Object.keys(BUILDERS)));
  }
  const factor = builder({
    member: args.name.toUpperCase(),
    warmup: args.num_warmup_steps,
    total: args.num_training_steps,
    defaultLr: (schedule.base_lrs ?? bases)[0] ?? NaN,
    kwargs: args.specific,
    path: specificPath(schedule),
  });
  if (args.lastEpoch !== -1 && !schedule.resume) {
    throw new PythonError("KeyError", "param 'initial_lr' is not specified in param_groups[0]");
  }
  const scaled = (base: number, scale: number) => base * scale;
  return (t) => perBase(bases, scaled, factor(args.lastEpoch + 1 + t));
}

/** Where a caller writes the arguments of one schedule function. */
function specificPath({ constructor }: LibrarySchedule): string {
  return isScheduleFunction(constructor) ? "schedule.kwargs" : "schedule.kwargs.scheduler_specific_kwargs";
}

export function transformersLength(schedule: LibrarySchedule): number | null {
  return readGetScheduler(schedule).num_training_steps;
}

export function transformersNeedsMetrics(schedule: LibrarySchedule): boolean {
  return METRIC_DRIVEN.includes(readGetScheduler(schedule).name);
}

export interface GetScheduler extends Arguments<typeof PARAMETERS> {
  /** `scheduler_specific_kwargs` but `last_epoch`, which every schedule function takes. */
  specific: Kwargs;
  lastEpoch: number;
}

/** get_scheduler's arguments, with its defaults; those of its schedule functions as if called through it. */
export function readGetScheduler(schedule: LibrarySchedule): GetScheduler {
  const { constructor, kwargs } = throughGetScheduler(schedule);
  const name = bareName(constructor);
  if (name !== "get_scheduler") {
    const what = `unknown constructor ${name}`;
    throw new ScheduleError("schedule.constructor", unknownName(what, name, TRANSFORMERS_NAMES));
  }
  const args = readArguments(kwargs, "schedule.kwargs", PARAMETERS);
  const { last_epoch = -1, ...specific } = args.scheduler_specific_kwargs ?? {};
  const { last_epoch: lastEpoch } = readArguments({ last_epoch }, specificPath(schedule), {
    last_epoch: required(integer),
  });
  return { ...args, specific, lastEpoch };
}

/** The epoch that LambdaLR is at after construction and after every call, from the one of construction on. */
function epochsOf(schedule: LibrarySchedule): readonly number[] {
  const stepping = steppingOf(schedule, ["step", "calls"]);
  if (stepping.mode === "step") return upTo(stepping.count);
  const first = readGetScheduler(schedule).lastEpoch + 1;
  const epochs = [0];
  for (const call of stepping.calls) epochs.push(call === null ? (epochs.at(-1) ?? 0) + 1 : call - first);
  return epochs;
}
