import type { Allowed } from "@/lib/domain/audit/tolerance";
import { tolerancesOf } from "@/lib/domain/audit/tolerance";

/** Logged LRs, steps ascending. */
export interface Series {
  steps: readonly number[];
  lrs: readonly number[];
  peak: number;
  allowed: Allowed;
}

export function seriesOf(steps: readonly number[], lrs: readonly number[], like?: Series): Series {
  const peak = like?.peak ?? lrs.reduce((max, lr) => Math.max(max, Math.abs(lr)), 0);
  return { steps, lrs, peak, allowed: like?.allowed ?? tolerancesOf(lrs, peak).tight };
}

/** From the given index on, its steps counted from `origin`. */
export const tailOf = (series: Series, index: number, origin: number): Series =>
  seriesOf(
    series.steps.slice(index).map((step) => step - origin),
    series.lrs.slice(index),
    series,
  );

export const headOf = (series: Series, length: number): Series =>
  seriesOf(series.steps.slice(0, length), series.lrs.slice(0, length), series);

export const same = ({ allowed }: Series, a: number, b: number): boolean =>
  Math.abs(a - b) <= 2 * allowed(a, b);

/** Index of the first point of the constant end; the length of the series when it moves to the last. */
export function restFrom(series: Series): number {
  const { lrs } = series;
  const last = lrs.at(-1) ?? 0;
  let first = lrs.length - 1;
  while (first > 0 && same(series, lrs[first - 1] ?? 0, last)) first -= 1;
  return lrs.length - first >= 2 ? first : lrs.length;
}

/** Index of the point where the first rise ends; 0 where there is none. */
export function riseEnd(series: Series): number {
  const { lrs } = series;
  let top = 0;
  for (let i = 1; i < lrs.length; i += 1) {
    const [best = 0, lr = 0] = [lrs[top], lrs[i]];
    if (same(series, lr, best)) continue;
    if (lr < best) break;
    top = i;
  }
  return top;
}

/** Whether the LR moves in one direction only, or not at all. */
export function isMonotone(series: Series): boolean {
  const { lrs } = series;
  const moves = lrs
    .slice(1)
    .map((lr, i) => (same(series, lr, lrs[i] ?? 0) ? 0 : Math.sign(lr - (lrs[i] ?? 0))));
  return !(moves.includes(1) && moves.includes(-1));
}
