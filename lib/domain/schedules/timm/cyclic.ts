import { type Curve, perBase } from "@/lib/domain/schedules/shared/sample";
import { boolean, number, optional, readArguments } from "@/lib/domain/schedules/shared/arguments";
import { cosine, divide, power } from "@/lib/domain/schedules/shared/python-math";
import { pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { CYCLE_PARAMETERS, cyclesLength, timmCycles, type Cycle, type CycleArguments } from "./cycle";
import {
  COMMON_PARAMETERS,
  scheduler,
  type CommonArguments,
  type TimmConstructor,
  type TimmScheduler,
} from "./scheduler";

type CyclicArguments = CycleArguments & CommonArguments & { lr_min: number };

const PARAMETERS = { ...CYCLE_PARAMETERS, ...COMMON_PARAMETERS, warmup_prefix: optional(boolean, false) };

/** timm.scheduler.CosineLRScheduler: lr_min + ½(v_i − lr_min)(1 + cos(π·elapsed^k / length^k)), k = k_decay. */
export const cosineLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const args = readArguments(kwargs, path, { ...PARAMETERS, k_decay: optional(number, 1) });
  assertLengths(args);
  const done = progress(args.k_decay);
  const curve = cyclicCurve(args, bases, (cycle, t) => 0.5 * (1 + cosine(Math.PI * done(cycle, t))));
  return withCycleLength(scheduler(args, bases, curve), args);
};

/** timm.scheduler.PolyLRScheduler: lr_min + (v_i − lr_min)(1 − elapsed^k / length^k)^power. */
export const polyLrScheduler: TimmConstructor = (kwargs, bases, path) => {
  const parameters = { ...PARAMETERS, power: optional(number, 0.5), k_decay: optional(number, 1) };
  const args = readArguments(kwargs, path, parameters);
  assertLengths(args);
  const done = progress(args.k_decay);
  const curve = cyclicCurve(args, bases, (cycle, t) => power(1 - done(cycle, t), args.power));
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
  const { lb, ub } = args;
  const curve = cyclicCurve(args, bases, ({ start, length }, t) => {
    const r = divide(t - start, length);
    return 0.5 * (1 - Math.tanh(lb * (1 - r) + ub * r));
  });
  const aimsAtCurve = args.warmup_t > 0 && !args.warmup_prefix;
  return withCycleLength(scheduler(args, bases, curve, aimsAtCurve ? curve(args.warmup_t) : bases), args);
};

function assertLengths({ t_initial, lr_min }: CyclicArguments): void {
  pythonAssert(t_initial > 0);
  pythonAssert(lr_min >= 0);
}

/** From 1 to 0 over a cycle. */
type Shape = (cycle: Cycle, t: number) => number;

/** v_i = v·cycle_decay^i. From cycle_limit on the LR is lr_min for ever. */
function cyclicCurve(args: CyclicArguments, bases: readonly number[], shape: Shape): Curve {
  const { lr_min } = args;
  const [first = NaN] = bases;
  const cycleAt = timmCycles(args);
  const lr = (base: number, decay: number, height: number) => lr_min + (base * decay - lr_min) * height;
  return (t) => {
    const cycle = cycleAt(t);
    const { decay } = cycle;
    if (decay === null) return bases.map(() => lr_min);
    const height = shape(cycle, t);
    // `perBase` would do; called from everywhere it is not inlined, which costs as much as the cosine.
    return bases.length === 1 ? [lr(first, decay, height)] : perBase(bases, lr, decay, height);
  };
}

/** elapsed^k / length^k, elapsed from the start of the cycle. */
const progress =
  (k: number): Shape =>
  ({ start, length }, t) =>
    divide(power(t - start, k), power(length, k));

function withCycleLength(built: TimmScheduler, args: CyclicArguments): TimmScheduler {
  const warmup = args.warmup_prefix ? args.warmup_t : 0;
  return { ...built, cycleLength: (cycles) => cyclesLength(args, cycles) + warmup };
}
