import { nice } from "@/lib/domain/audit/explain-simple";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { same, type Series } from "./series";

/** Two moves are the same number of drops when their logarithms agree so well. */
const WHOLE = 1e-5;
const MOST_DROPS = 1000;
const MOST_DIGITS = 6;

/**
 * A step decay whose period is no whole number of steps, as timm's fractional decay_t: drops of one factor, now nearer
 * and now farther apart, sometimes several at once.
 */
export function unevenSteps(series: Series): LibrarySchedule[] {
  const { steps, lrs } = series;
  const [peak = 0] = lrs;
  const drop = singleDrop(series);
  if (drop === null || steps[0] !== 0) return [];
  let [low, high] = [0, Infinity];
  for (const [i, lr] of lrs.entries()) {
    const exact = Math.log(peak / lr) / drop;
    const count = Math.round(exact);
    if (Math.abs(exact - count) > WHOLE * Math.max(1, count) || count > MOST_DROPS) return [];
    const step = steps[i] ?? 0;
    low = Math.max(low, step / (count + 1));
    if (count > 0) high = Math.min(high, step / count);
  }
  const period = roundest(low, high);
  if (period === null || Number.isInteger(period)) return [];
  return [
    {
      library: "timm",
      constructor: "timm.scheduler.StepLRScheduler",
      kwargs: { decay_t: period, decay_rate: nice(Math.exp(-drop), 1e-7) },
      base_lrs: [peak],
    },
  ];
}

/** The logarithm of one drop: the smallest move, or how much two moves of several drops differ. Null: no such log. */
function singleDrop(series: Series): number | null {
  const { lrs } = series;
  const moves: number[] = [];
  for (let i = 1; i < lrs.length; i += 1) {
    const [before = 0, lr = 0] = [lrs[i - 1], lrs[i]];
    if (!(lr > 0) || (lr > before && !same(series, lr, before))) return null;
    if (same(series, lr, before)) continue;
    const move = Math.log(before / lr);
    if (!moves.some((known) => Math.abs(known - move) <= WHOLE * move)) moves.push(move);
    // Of one factor there are few different moves; a smooth decay has one at every step.
    if (moves.length > 2) return null;
  }
  const [a, b] = moves.sort((x, y) => x - y);
  return a === undefined ? null : b === undefined ? a : Math.min(a, b - a);
}

/** The number with the fewest digits from `low` to `high`. */
function roundest(low: number, high: number): number | null {
  for (let decimals = 0; decimals <= MOST_DIGITS; decimals += 1) {
    const unit = 10 ** decimals;
    const candidate = Math.ceil(Number((low * unit).toPrecision(12))) / unit;
    if (candidate > 0 && candidate <= high) return candidate;
  }
  return null;
}
