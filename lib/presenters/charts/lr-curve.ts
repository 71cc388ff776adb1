import type { LrCurve } from "@/lib/contracts/overlay";
import { interpolate, lastAtOrBelow } from "./step-map";
import type { ChartPoint } from "./chart-model";

export interface RateAt {
  readonly lr: number;
  /** false: between two evaluated steps. */
  readonly exact: boolean;
}

/** A scheduled LR at a step; null outside the evaluated range. */
export function rateAt(curve: LrCurve | null, step: number, group = 0): RateAt | null {
  const lrs = curve?.lrs[group];
  const [first, last] = [curve?.steps[0], curve?.steps.at(-1)];
  if (!curve || !lrs || first === undefined || last === undefined || step < first || step > last) return null;
  const lr = interpolate(curve.steps, lrs, step);
  return lr === null ? null : { lr, exact: curve.steps[lastAtOrBelow(curve.steps, step)] === step };
}

/** One line per param group, but for groups that follow the first. */
export function groupLines(curve: LrCurve): { group: number; points: ChartPoint[] }[] {
  const [first] = curve.lrs;
  return curve.lrs.flatMap((lrs, group) => {
    if (group > 0 && first && lrs.every((lr, i) => lr === first[i])) return [];
    const points = lrs.flatMap((y, i) => {
      const x = curve.x[i];
      return x === null || x === undefined ? [] : [{ x, y }];
    });
    return [{ group, points }];
  });
}
