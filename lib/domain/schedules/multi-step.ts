import { finite } from "@/lib/domain/schedules/powers";
import { ascending, fillStairs } from "@/lib/domain/schedules/stairs";

/** `peak·gamma^n`, n = milestones reached (milestone ≤ step); duplicates count twice. torch MultiStepLR. */
export interface MultiStepSpec {
  kind: "multi_step";
  peak: number;
  milestones: readonly number[];
  gamma: number;
}

/** Writes the LRs of steps `from`, `from + stride`, …, a level at a time. */
export function fillMultiStep(
  out: Float64Array,
  { peak, milestones, gamma }: MultiStepSpec,
  from: number,
  stride: number,
): void {
  fillStairs(out, ascending(milestones), (reached) => peak * finite(gamma ** reached), from, stride);
}
