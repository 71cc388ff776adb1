import { nice } from "@/lib/domain/audit/explain-simple";
import { isNative } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { Fit } from "./candidate";
import { jumpsUp, same, type Series } from "./series";

/** A native one-cycle that is so far off may be fastai's, whose positions are float32. */
const FLOAT32_POSITIONS = 1e-5;
const MOST_CYCLES = 8;
const USUAL_DIV_FINAL = [1e5, 1e4, 1e3];

/**
 * fastai's fits over a log of the whole training: its float32 positions part from our own words by more than the log's
 * rounding, at a restart by a whole cycle. @param near what came near the log in other words
 */
export function fastaiSpecs(series: Series, near: readonly Fit[]): LibrarySchedule[] {
  const { steps } = series;
  const last = steps.at(-1) ?? 0;
  if (steps[0] !== 0 || steps.length < 3) return [];
  const total = last + (last - (steps.at(-2) ?? 0));
  const fit = (name: string, kwargs: Record<string, number>): LibrarySchedule => ({
    library: "fastai",
    constructor: `fastai.${name}`,
    kwargs,
    stepping: { mode: "eval-pos", count: total, total },
  });
  return [
    ...near.flatMap((found) => oneCycle(found, total)).map((kwargs) => fit("fit_one_cycle", kwargs)),
    ...flatCosine(series, total).map((kwargs) => fit("fit_flat_cos", kwargs)),
    ...restarts(series, total).map((kwargs) => fit("fit_sgdr", kwargs)),
  ];
}

function oneCycle({ spec, error }: Fit, total: number): Record<string, number>[] {
  if (!isNative(spec) || spec.kind !== "one_cycle" || error > FLOAT32_POSITIONS) return [];
  const { max_lr, total_steps, pct_start: rise = 0.3, div_factor = 25, final_div_factor = 1e4 } = spec;
  const lr_max = nice(max_lr, 1e-5);
  const div = nice(div_factor, 1e-5);
  // The peak lies at pct·N − 1 there, at pct of the total here.
  const pct_start = nice((rise * total_steps - 1) / total, 1e-5);
  // The end is so low that float32 positions hide its later digits.
  return [1e-2, 1e-3, 1e-5].map((within) => ({
    lr_max,
    div,
    div_final: nice(div_factor * final_div_factor, within),
    pct_start,
  }));
}

/** Flat, then half a cosine to the end of training: where it began, from how far it is at one point. */
function flatCosine(series: Series, total: number): Record<string, number>[] {
  const { steps, lrs } = series;
  const [lr = 0] = lrs;
  const falls = lrs.findIndex((value) => !same(series, value, lr));
  if (falls < 2) return [];
  const middle = Math.floor((falls + lrs.length) / 2);
  const [step = 0, value = 0] = [steps[middle], lrs[middle]];
  return USUAL_DIV_FINAL.flatMap((div_final) => {
    const end = lr / div_final;
    const done = Math.acos((2 * (value - end)) / (lr - end) - 1) / Math.PI;
    const pct_start = nice((step / total - done) / (1 - done), 1e-4);
    return pct_start > 0 && pct_start < 1 ? [{ lr, pct_start, div_final }] : [];
  });
}

/** Cosines to 0, each as long as the one before or twice as long, that fill the training. */
function restarts(series: Series, total: number): Record<string, number>[] {
  const [jump] = jumpsUp(series);
  const [lr_max = 0] = series.lrs;
  if (jump === undefined) return [];
  const counts = Array.from({ length: MOST_CYCLES - 1 }, (_, i) => i + 2);
  return [1, 2, 3].flatMap((cycle_mult) =>
    counts.flatMap((n_cycles) => {
      const lengths = cycle_mult === 1 ? n_cycles : (cycle_mult ** n_cycles - 1) / (cycle_mult - 1);
      const first = total / lengths;
      return Math.abs(first - jump) <= 1 ? [{ n_cycles, cycle_len: 1, lr_max, cycle_mult }] : [];
    }),
  );
}
