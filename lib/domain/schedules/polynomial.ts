import { type StepPower } from "@/lib/domain/schedules/powers";

/** `floor + (peak − floor)(1 − step/steps)^power`, then `floor`. Chen et al. 2017 (DeepLab), section 4.1. */
export interface PolynomialSpec {
  kind: "polynomial";
  peak: number;
  floor: number;
  power: number;
  steps: number;
}

/** `left` is `fallingPower(steps, power)`. */
export function polynomialAt({ peak, floor, steps }: PolynomialSpec, left: StepPower, step: number): number {
  if (step >= steps) return floor;
  return floor + (peak - floor) * left(step);
}
