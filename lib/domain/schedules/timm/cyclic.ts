import { type Curve, perBase } from "@/lib/domain/schedules/shared/sample";
import { boolean, number, optional, readArguments } from "@/lib/domain/schedules/shared/arguments";
import { cosine, divide, power } from "@/lib/domain/schedules/shared/python-math";
import { pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { CYCLE_PARAMETERS, cycleAt, cyclesLength, type CycleArguments, type CyclePosition } from "./cycle";
import {
  COMMON_PARAMETERS,
  scheduler,
  type CommonArguments,
  type TimmConstructor,
  type TimmScheduler,
} from "./scheduler";

type CyclicArguments = CycleArguments & CommonArguments & { lr_min: number; cycle_decay: number };

const PARAMETERS = { ...CYCLE_PARAMETERS, ...COMMON_PARAMETERS, warmup_prefix: optional(boolean, false) };

/** timm.scheduler.CosineLRScheduler: lr_min + ½(v_i − lr_min)(1 + cos(π·elapsed^k / length^k)), k = k_decay. */
export const cosineLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { ...PARAMETERS, k_decay: optional(number, 1) });
  assertLengths(args);
  const curve = cyclicCurve(
    args,
    bases,
    (cycle) => 0.5 * (1 + cosine(Math.PI * progress(cycle, args.k_decay))),
  );
  return withCycleLength(scheduler(args, bases, curve), args);
};

/** timm.scheduler.PolyLRScheduler: lr_min + (v_i − lr_min)(1 − elapsed^k / length^k)^power. */
export const polyLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const parameters = { ...PARAMETERS, power: optional(number, 0.5), k_decay: optional(number, 1) };
  const args = readArguments(kwargs, path, parameters);
  assertLengths(args);
  const curve = cyclicCurve(args, bases, (cycle) => power(1 - progress(cycle, args.k_decay), args.power));
  return withCycleLength(scheduler(args, bases, curve), args);
};

/**
 * timm.scheduler.TanhLRScheduler: lr_min + ½(v_i − lr_min)(1 − tanh(lb(1 − r) + ub·r)), r = elapsed / length.
 * It starts below v and ends above lr_min. Without `warmup_prefix` the warmup aims at the curve, not at v.
 */
export const tanhLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, {
    ...PARAMETERS,
    lb: optional(number, -7),
    ub: optional(number, 3),
  });
  assertLengths(args);
  pythonAssert(args.lb < args.ub);
  pythonAssert(args.cycle_limit >= 0);
  pythonAssert(args.warmup_t >= 0);
  pythonAssert(args.warmup_lr_init >= 0);
  const curve = cyclicCurve(args, bases, ({ elapsed, length }) => {
    const r = divide(elapsed, length);
    return 0.5 * (1 - Math.tanh(args.lb * (1 - r) + args.ub * r));
  });
  const aimsAtCurve = args.warmup_t > 0 && !args.warmup_prefix;
  return withCycleLength(scheduler(args, bases, curve, aimsAtCurve ? curve(args.warmup_t) : bases), args);
};

function assertLengths({ t_initial, lr_min }: CyclicArguments): void {
  pythonAssert(t_initial > 0);
  pythonAssert(lr_min >= 0);
}

/** `shape` goes from 1 to 0 over a cycle; v_i = v·cycle_decay^i. From cycle_limit on the LR is lr_min for ever. */
function cyclicCurve(
  args: CyclicArguments,
  bases: readonly number[],
  shape: (cycle: CyclePosition) => number,
): Curve {
  const { lr_min, cycle_decay, cycle_limit } = args;
  return (t) => {
    const cycle = cycleAt(args, t);
    if (cycle.index >= cycle_limit) return bases.map(() => lr_min);
    const decay = power(cycle_decay, cycle.index);
    const height = shape(cycle);
    return perBase(bases, (base) => lr_min + (base * decay - lr_min) * height);
  };
}

/** elapsed^k / length^k. */
function progress({ elapsed, length }: CyclePosition, k: number): number {
  return divide(power(elapsed, k), power(length, k));
}

function withCycleLength(built: TimmScheduler, args: CyclicArguments): TimmScheduler {
  const warmup = args.warmup_prefix ? args.warmup_t : 0;
  return { ...built, cycleLength: (cycles) => cyclesLength(args, cycles) + warmup };
}
