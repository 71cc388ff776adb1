import {
  finite,
  stepPower,
  type StepPower,
  wholePower,
  type WholePower,
} from "@/lib/domain/schedules/powers";

/** Triangular cycles between `base_lr` and `max_lr`. Smith 2017; torch CyclicLR. */
export interface CyclicSpec {
  kind: "cyclic";
  base_lr: number;
  max_lr: number;
  step_size_up: number;
  step_size_down?: number;
  mode?: CyclicMode;
  /** exp_range only: amplitude factor per step since the start of training. */
  gamma?: number;
}

export type CyclicMode = "triangular" | "triangular2" | "exp_range";

/** How much lower the cycles become. */
export interface Shrinking {
  /** Of the cycle: 2^n. */
  halvings: WholePower;
  /** Of the step: gamma^n. */
  decay: StepPower;
}

export function shrinkingOf({ gamma = 1 }: CyclicSpec): Shrinking {
  return { halvings: wholePower(2), decay: stepPower(Math.log(gamma)) };
}

export function cyclicAt(spec: CyclicSpec, { halvings, decay }: Shrinking, step: number): number {
  const { base_lr, max_lr, step_size_up, step_size_down = step_size_up, mode = "triangular" } = spec;
  const total = step_size_up + step_size_down;
  const ratio = step_size_up / total;
  const cycle = Math.floor(1 + step / total);
  const x = 1 + step / total - cycle;
  let height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
  if (mode === "triangular2") height /= halvings(cycle - 1);
  if (mode === "exp_range") height *= finite(decay(step));
  return base_lr + (max_lr - base_lr) * height;
}
