import { realPower } from "@/lib/domain/schedules/powers";

/** `floor + (peak − floor)(1 − step/steps)^power`, then `floor`. Chen et al. 2017 (DeepLab), section 4.1. */
export interface PolynomialSpec {
  kind: "polynomial";
  peak: number;
  floor: number;
  power: number;
  steps: number;
}

export function polynomialAt({ peak, floor, power, steps }: PolynomialSpec, step: number): number {
  if (step >= steps) return floor;
  return floor + (peak - floor) * realPower(Math.log(1 - step / steps), power);
}
