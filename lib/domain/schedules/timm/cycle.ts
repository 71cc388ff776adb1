import { cycles } from "@/lib/domain/schedules/shared/cycles";
import { divide, floorDivide, power } from "@/lib/domain/schedules/shared/python-math";
import { floorLog } from "@/lib/domain/schedules/shared/log";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { integer, number, optional, required } from "@/lib/domain/schedules/shared/arguments";

/** Arguments that Cosine, Tanh and Poly have in common. Lengths are in `t`, which is epochs or updates. */
export const CYCLE_PARAMETERS = {
  t_initial: required(number),
  lr_min: optional(number, 0),
  cycle_mul: optional(number, 1),
  cycle_decay: optional(number, 1),
  cycle_limit: optional(integer, 1),
};

export interface CycleArguments {
  t_initial: number;
  cycle_mul: number;
  cycle_decay: number;
  cycle_limit: number;
}

export interface Cycle {
  start: number;
  length: number;
  /** On the base LR, cycle_decay^i; null from cycle_limit on. */
  decay: number | null;
}

/**
 * t ↦ where it falls among cycles of length t_initial·m^i, m = cycle_mul:
 * i = floor(t / t_initial) for m = 1, else floor(log_m(1 − t/t_initial·(1 − m))).
 * For m < 1 the cycles end at t_initial/(1 − m); beyond, the logarithm raises ValueError.
 */
export function timmCycles(args: CycleArguments): (t: number) => Cycle {
  const { t_initial, cycle_mul: m } = args;
  const decayOf = (index: number) => (index >= args.cycle_limit ? null : power(args.cycle_decay, index));
  if (m === 1) {
    const make = (index: number) => ({
      start: t_initial * index,
      length: t_initial,
      decay: decayOf(index),
    });
    return cycles(t_initial, m, (t) => floorDivide(t, t_initial), make);
  }
  const find = (t: number) => {
    const grown = 1 - (t / t_initial) * (1 - m);
    if (grown <= 0 || m <= 0) throw new PythonError("ValueError", "math domain error");
    return floorLog(grown, m);
  };
  return cycles(t_initial, m, find, (index) => {
    const scale = power(m, index);
    const start = ((1 - scale) / (1 - m)) * t_initial;
    return { start, length: scale * t_initial, decay: decayOf(index) };
  });
}

/** timm's `get_cycle_length(cycles)` without the warmup: the length of the first `cycles` cycles, cycle_limit for 0. */
export function cyclesLength(
  { t_initial, cycle_mul: m, cycle_limit }: CycleArguments,
  cycles: number,
): number {
  const count = Math.max(1, cycles === 0 ? cycle_limit : cycles);
  if (m === 1) return t_initial * count;
  return Math.floor(divide(-t_initial * (power(m, count) - 1), 1 - m));
}
