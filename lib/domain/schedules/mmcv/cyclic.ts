import {
  boolean,
  either,
  integer,
  listOf,
  number,
  optional,
  readArguments,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { divide, floorDivide, modulo, power } from "@/lib/domain/schedules/shared/python-math";
import { annealBy } from "./anneal";
import { maxIters, type HookConstructor } from "./hook";
import { checkWarmup, WARMUP_PARAMETERS } from "./warmup";

/**
 * CyclicLrUpdaterHook: each of cyclic_times cycles of P = max_iters // cyclic_times iterations anneals b → b·up over
 * trunc(step_ratio_up·P) iterations, then → b·down. In cycle k, up is replaced by 1 − s + up·s, s = gamma^k.
 */
export const cyclicHook: HookConstructor = ({ kwargs, path, bases, training }) => {
  const args = readArguments(kwargs, path, {
    by_epoch: optional(boolean, false),
    target_ratio: optional(either(number, listOf(number)), [10, 1e-4]),
    cyclic_times: optional(integer, 1),
    step_ratio_up: optional(number, 0.4),
    anneal_strategy: optional(string, "cos"),
    gamma: optional(number, 1),
    ...WARMUP_PARAMETERS,
  });
  const [up, down] = upAndDown([args.target_ratio].flat());
  pythonAssert(args.step_ratio_up >= 0 && args.step_ratio_up < 1, '"step_ratio_up" must be in range [0,1)');
  const anneal = annealBy(args.anneal_strategy);
  pythonAssert(!args.by_epoch, 'currently only support "by_epoch" = False');
  checkWarmup(args);

  const cycle = floorDivide(maxIters(training), args.cyclic_times);
  const rise = Math.trunc(args.step_ratio_up * cycle);
  return {
    warmup: args,
    regular: ({ iter }) => {
      const position = modulo(iter, cycle);
      const scale = power(args.gamma, floorDivide(iter, cycle));
      const scaled = (ratio: number) => 1 - scale + ratio * scale;
      if (position < rise) {
        const part = divide(position, rise);
        return bases.map((base) => anneal(base, base * scaled(up), part));
      }
      const part = divide(position - rise, cycle - rise);
      // mmcv takes a phase that starts at 0 for the rise, so without a rise it is the lower end that gamma scales.
      const [start, end] = rise === 0 ? [up, scaled(down)] : [scaled(up), down];
      return bases.map((base) => anneal(base * start, base * end, part));
    },
  };
};

/** One ratio stands for (up, up / 1e5). */
function upAndDown(ratios: readonly number[]): readonly [up: number, down: number] {
  const [up, down = (up ?? 0) / 1e5] = ratios;
  pythonAssert(up !== undefined && ratios.length <= 2, '"target_ratio" must be list or tuple of two floats');
  return [up ?? 0, down];
}
