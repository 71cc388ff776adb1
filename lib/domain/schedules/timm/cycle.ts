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
  cycle_limit: number;
}

export interface CyclePosition {
  /** 0-based. */
  index: number;
  length: number;
  /** Steps since the cycle began. */
  elapsed: number;
}

/**
 * Where `t` falls among cycles of length t_initial·m^i, m = cycle_mul:
 * i = floor(t / t_initial) for m = 1, else floor(log_m(1 − t/t_initial·(1 − m))).
 * For m < 1 the cycles end at t_initial/(1 − m); beyond, the logarithm raises ValueError.
 */
export function cycleAt({ t_initial, cycle_mul: m }: CycleArguments, t: number): CyclePosition {
  if (m === 1) {
    const index = floorDivide(t, t_initial);
    return { index, length: t_initial, elapsed: t - t_initial * index };
  }
  const grown = 1 - (t / t_initial) * (1 - m);
  if (grown <= 0 || m <= 0) throw new PythonError("ValueError", "math domain error");
  const index = floorLog(grown, m);
  const scale = power(m, index);
  return { index, length: scale * t_initial, elapsed: t - ((1 - scale) / (1 - m)) * t_initial };
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
