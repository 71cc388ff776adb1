import { finite, type WholePower } from "@/lib/domain/schedules/powers";

/** `peak·gamma^floor(step/step_size)`. He et al. 2016 (ResNet), section 3.4; torch StepLR. */
export interface StepSpec {
  kind: "step";
  peak: number;
  step_size: number;
  gamma: number;
}

/** A whole power changes rarely: `power` is `wholePower(gamma)`. */
export function stepDecayAt({ peak, step_size }: StepSpec, power: WholePower, step: number): number {
  return peak * finite(power(Math.floor(step / step_size)));
}
