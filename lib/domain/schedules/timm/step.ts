import { bisectRight, floorDivide, power } from "@/lib/domain/schedules/shared/python-math";
import {
  boolean,
  listOf,
  number,
  optional,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { perBase } from "@/lib/domain/schedules/shared/sample";
import { COMMON_PARAMETERS, scheduler, type TimmConstructor } from "./scheduler";

const PARAMETERS = {
  decay_rate: optional(number, 1),
  ...COMMON_PARAMETERS,
  warmup_prefix: optional(boolean, true),
};

/** timm.scheduler.StepLRScheduler: v·decay_rate^(t // decay_t); decay_t may be fractional. */
export const stepLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { decay_t: required(number), ...PARAMETERS });
  return scheduler(args, bases, (t) => {
    const decay = power(args.decay_rate, floorDivide(t, args.decay_t));
    return perBase(bases, (base) => base * decay);
  });
};

/** timm.scheduler.MultiStepLRScheduler: v·decay_rate^(number of decay_t ≤ t + 1), one step ahead of torch. */
export const multiStepLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { decay_t: required(listOf(number)), ...PARAMETERS });
  return scheduler(args, bases, (t) => {
    const decay = power(args.decay_rate, bisectRight(args.decay_t, t + 1));
    return perBase(bases, (base) => base * decay);
  });
};
