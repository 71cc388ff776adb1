import { lastOf } from "@/lib/domain/schedules/powers";
import { bisectRight, floorDivide, power } from "@/lib/domain/schedules/shared/python-math";
import {
  boolean,
  listOf,
  number,
  optional,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { cycles } from "@/lib/domain/schedules/shared/cycles";
import { perBase } from "@/lib/domain/schedules/shared/sample";
import { COMMON_PARAMETERS, scheduler, type TimmConstructor } from "./scheduler";

const PARAMETERS = {
  decay_rate: optional(number, 1),
  ...COMMON_PARAMETERS,
  warmup_prefix: optional(boolean, true),
};

const decayed = (base: number, decay: number) => base * decay;

/** timm.scheduler.StepLRScheduler: v·decay_rate^(t // decay_t); decay_t may be fractional. */
export const stepLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { decay_t: required(number), ...PARAMETERS });
  const { decay_t, decay_rate } = args;
  const find = (t: number) => floorDivide(t, decay_t);
  const decayAt = cycles(decay_t, 1, find, (index) => power(decay_rate, index));
  return scheduler(args, bases, (t) => perBase(bases, decayed, decayAt(t)));
};

/** timm.scheduler.MultiStepLRScheduler: v·decay_rate^(number of decay_t ≤ t + 1), one step ahead of torch. */
export const multiStepLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { decay_t: required(listOf(number)), ...PARAMETERS });
  const decayOf = lastOf((count) => power(args.decay_rate, count));
  return scheduler(args, bases, (t) => perBase(bases, decayed, decayOf(bisectRight(args.decay_t, t + 1))));
};
