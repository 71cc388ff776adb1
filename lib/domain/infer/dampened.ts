import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { radamFactor } from "@/lib/domain/schedules/pytorch-warmup/radam";
import type { Model } from "./model";
import { riseEnd, type Series } from "./series";

const warmup = (name: string, more: Omit<LibrarySchedule, "constructor">): LibrarySchedule => ({
  library: "pytorch_warmup",
  constructor: `pytorch_warmup.${name}`,
  ...more,
});

/** A constant LR dampened at first, by 1 − exp(−(t + 1)/period): what pytorch_warmup gives Adam. */
export function dampened(apart: number): Model[] {
  const periods = [apart / 3, apart, apart * 10].map((period): Model => ({
    theta: [period],
    whole: [0],
    parts: (t, [scale = 0]) => [rising(t, scale)],
    known: [null],
    make: ([base = 0], [warmup_period = 0]) =>
      base > 0 ? warmup("ExponentialWarmup", { kwargs: { warmup_period }, base_lrs: [base] }) : null,
  }));
  return [...periods, ...USUAL_BETAS.map(rectified)];
}

const rising = (t: number, period: number) => (period > 0 ? -Math.expm1(-(t + 1) / period) : Number.NaN);

/** Adam's second beta; the curve jumps between betas that are near each other, so that it cannot be searched for. */
const USUAL_BETAS = [0.999, 0.9, 0.95, 0.98, 0.99, 0.995, 0.9995, 0.9999];

function rectified(beta2: number): Model {
  const factor = radamFactor(beta2);
  return {
    theta: [],
    parts: (t) => [factor(t)],
    known: [null],
    make: ([base = 0]) => (base > 0 ? warmup("RAdamWarmup", { kwargs: {}, base_lrs: [base], beta2 }) : null),
  };
}

/** The exponential warmup on top of an exponential decay: the difference of two exponentials. */
export function dampenedDecay(series: Series): Model[] {
  const { steps, lrs } = series;
  const top = riseEnd(series);
  const last = lrs.length - 1;
  const middle = Math.round((top + 2 * last) / 3);
  const [high = 0, low = 0, from = 0, to = 0] = [lrs[middle], lrs[last], steps[middle], steps[last]];
  if (top === 0 || middle >= last || !(high > low && low > 0)) return [];
  const gamma = (low / high) ** (1 / (to - from));
  const period = steps[top] ?? 0;
  return [0.4, 1].flatMap((share) => [
    ontoDecay([period * share, gamma], false),
    ontoDecay([period * share, gamma], true),
  ]);
}

/** @param delay whether the decay waits until the warmup's period is over */
function ontoDecay(theta: readonly number[], delay: boolean): Model {
  const decayed = (t: number, period: number, gamma: number) =>
    gamma > 0 ? gamma ** Math.max(0, delay ? t - (period - 1) : t) : Number.NaN;
  return {
    theta,
    whole: [0],
    parts: (t, [period = 0, gamma = 0]) => [decayed(t, period, gamma) * rising(t, period)],
    known: [null],
    make: ([base = 0], [warmup_period = 0, gamma = 0]) => {
      const lr_scheduler = { constructor: "torch.optim.lr_scheduler.ExponentialLR", kwargs: { gamma } };
      const more = { base_lrs: [base], lr_scheduler, ...(delay ? { delay } : {}) };
      return base > 0 ? warmup("ExponentialWarmup", { kwargs: { warmup_period }, ...more }) : null;
    },
  };
}
