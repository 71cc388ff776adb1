import {
  either,
  integer,
  listOf,
  number,
  optional,
  orNull,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { firstAbove } from "@/lib/domain/schedules/stairs";
import { pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { divide, power } from "@/lib/domain/schedules/shared/python-math";
import { counter, type HookConstructor } from "./hook";
import { checkWarmup, HOOK_PARAMETERS } from "./warmup";

/** FixedLrUpdaterHook: the base LR. */
export const fixedHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, HOOK_PARAMETERS);
  checkWarmup(args);
  return { warmup: args, regular: () => [...bases] };
};

/** StepLrUpdaterHook: max(b·gamma^k, min_lr), k = floor(p / step), or for a list the index of its first entry > p. */
export const stepHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, {
    step: required(either(integer, listOf(integer))),
    gamma: optional(number, 0.1),
    min_lr: optional(orNull(number), null),
    ...HOOK_PARAMETERS,
  });
  const { step, min_lr } = args;
  pythonAssert([step].flat().every((entry) => entry > 0));
  checkWarmup(args);
  return {
    warmup: args,
    regular: (progress) => {
      const { done } = counter(progress, args.by_epoch);
      const decay = power(
        args.gamma,
        typeof step === "number" ? Math.floor(done / step) : firstAbove(step, done),
      );
      return bases.map((base) => Math.max(base * decay, min_lr ?? -Infinity));
    },
  };
};

/** ExpLrUpdaterHook: b·gamma^p. */
export const expHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, { gamma: required(number), ...HOOK_PARAMETERS });
  checkWarmup(args);
  return {
    warmup: args,
    regular: (progress) => {
      const decay = power(args.gamma, counter(progress, args.by_epoch).done);
      return bases.map((base) => base * decay);
    },
  };
};

/** PolyLrUpdaterHook: (b − min_lr)(1 − p/max)^power + min_lr; the last p is max − 1, so min_lr is not reached. */
export const polyHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, {
    power: optional(number, 1),
    min_lr: optional(number, 0),
    ...HOOK_PARAMETERS,
  });
  checkWarmup(args);
  return {
    warmup: args,
    regular: (progress) => {
      const { done, total } = counter(progress, args.by_epoch);
      const height = power(1 - divide(done, total), args.power);
      return bases.map((base) => (base - args.min_lr) * height + args.min_lr);
    },
  };
};

/** InvLrUpdaterHook: b(1 + gamma·p)^(−power). */
export const invHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, {
    gamma: required(number),
    power: optional(number, 1),
    ...HOOK_PARAMETERS,
  });
  checkWarmup(args);
  return {
    warmup: args,
    regular: (progress) => {
      const decay = power(1 + args.gamma * counter(progress, args.by_epoch).done, -args.power);
      return bases.map((base) => base * decay);
    },
  };
};
