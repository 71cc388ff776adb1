import { finite } from "@/lib/domain/schedules/powers";

/**
 * SGDR: half cosines of lengths T_0·T_mult^i from `peak·gamma^i` to `floor`. Loshchilov & Hutter 2017, section 3.
 * The peak of a cycle is at its first step; `floor` itself is only approached.
 */
export interface CosineRestartsSpec {
  kind: "cosine_restarts";
  peak: number;
  floor: number;
  T_0: number;
  T_mult: number;
  gamma?: number;
}

export interface Cycle {
  index: number;
  start: number;
  length: number;
  peak: number;
}

/** Writes the LRs of steps `from`, `from + stride`, …, a cycle at a time. */
export function fillCosineRestarts(
  out: Float64Array,
  spec: CosineRestartsSpec,
  from: number,
  stride: number,
): void {
  let i = 0;
  while (i < out.length) {
    const { start, length, peak } = cycleAt(spec, from + i * stride);
    const height = 0.5 * (peak - spec.floor);
    do {
      const into = from + i * stride - start;
      out[i] = spec.floor + height * (1 + Math.cos((Math.PI * into) / length));
      i += 1;
    } while (i < out.length && from + i * stride < start + length);
  }
}

/**
 * The cycle that holds `step`; `last`, when it does. The logarithm is only a first guess: at exact boundaries it is an
 * ulp off either way (T_0 = 10, T_mult = 3, step 1210), so the cycle's own limits decide. After cycles that shrink, whose
 * total length is finite, and where cycles are too short for doubles to tell them apart, the schedule is on its floor.
 */
export function cycleAt(spec: CosineRestartsSpec, step: number, last?: Cycle): Cycle {
  if (last && step >= last.start && step < last.start + last.length) return last;
  const { T_0, T_mult } = spec;
  const start = (i: number) => (T_mult === 1 ? i * T_0 : (T_0 * (T_mult ** i - 1)) / (T_mult - 1));
  const guess = guessIndex(spec, step);
  const holds = (i: number) => i >= 0 && step >= start(i) && step < start(i + 1);
  const index = [guess, guess - 1, guess + 1].find(holds);
  if (index === undefined) return { index: Infinity, start: step, length: 1, peak: spec.floor };
  return cycle(spec, index, start(index), T_0 * T_mult ** index);
}

function guessIndex({ T_0, T_mult }: CosineRestartsSpec, step: number): number {
  if (T_mult === 1) return Math.floor(step / T_0);
  const grown = 1 + (step / T_0) * (T_mult - 1);
  // A quotient beyond the largest double still has a logarithm.
  const log = grown === Infinity ? Math.log(step) - Math.log(T_0) + Math.log(T_mult - 1) : Math.log(grown);
  return Math.floor(log / Math.log(T_mult));
}

function cycle({ peak, gamma = 1 }: CosineRestartsSpec, index: number, start: number, length: number): Cycle {
  return { index, start, length, peak: peak * finite(gamma ** index) };
}
