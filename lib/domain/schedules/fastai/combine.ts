import { lastReached } from "@/lib/domain/schedules/stairs";
import { pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import type { PositionCurve } from "./curves";

/**
 * fastai's `combine_scheds`: curve j over the share `pcts[j]` of training. Shares, their running sum and the position
 * inside a phase are float32 tensors, the curves themselves float64: without the rounding a restart can come a step
 * off. A phase of length 0 gives NaN, as the tensors do.
 */
export function combineScheds(pcts: readonly number[], curves: readonly PositionCurve[]): PositionCurve {
  pythonAssert(pcts.reduce((sum, pct) => sum + pct, 0) === 1);
  pythonAssert(pcts.every((pct) => pct >= 0));
  const limits = [0];
  for (const pct of pcts) limits.push(Math.fround(limitAt(limits, -1) + Math.fround(pct)));
  return (position) => {
    const q = Math.fround(position);
    const phase = Math.min(lastReached(limits, q), pcts.length - 1);
    const start = limitAt(limits, phase);
    const length = Math.fround(limitAt(limits, phase + 1) - start);
    const inner = Math.fround(Math.fround(q - start) / length);
    return curves[phase]?.(inner) ?? [];
  };
}

function limitAt(limits: readonly number[], index: number): number {
  return limits.at(index) ?? Number.NaN;
}
