import { type WholePower } from "@/lib/domain/schedules/powers";

/** `peak·gamma^n`, n = milestones reached (milestone ≤ step); duplicates count twice. torch MultiStepLR. */
export interface MultiStepSpec {
  kind: "multi_step";
  peak: number;
  milestones: readonly number[];
  gamma: number;
}

/** A whole power changes rarely: `power` is `wholePower(gamma)`. */
export function multiStepAt({ peak, milestones }: MultiStepSpec, power: WholePower, step: number): number {
  let reached = 0;
  for (let i = 0; i < milestones.length; i++) if ((milestones[i] ?? Infinity) <= step) reached++;
  return peak * power(reached);
}
