import { dampened } from "./dampened";
import type { Model } from "./model";
import type { Series } from "./series";

/** Families that never end: exponential and the inverses of time. @param until index of the first point at rest */
export function growthModels({ steps, lrs }: Series, until: number): Model[] {
  const middle = Math.floor((until - 1) / 2);
  const [from = 0, to = 0, high = 0, low = 0] = [steps[0], steps[middle], lrs[0], lrs[middle]];
  const apart = to - from;
  const ratio = high / low;
  if (!isRatio(ratio) || apart <= 0) return [];
  const rests = until < lrs.length;
  const falling = exponential(-Math.log(ratio) / apart, rests ? (lrs.at(-1) ?? 0) : 0, until);
  if (ratio < 1) return [falling, ...dampened(apart)];
  return rests ? [falling] : [falling, ...inverses(ratio, apart)];
}

const isRatio = (ratio: number) => ratio > 0 && ratio < Infinity && ratio !== 1;

/** Cut off at its floor, where it has one. */
function exponential(start: number, floor: number, until: number): Model {
  return {
    theta: [Math.exp(start)],
    parts: (t, [gamma = 0]) => [gamma > 0 ? gamma ** t : Number.NaN],
    known: [null],
    until,
    make: ([peak = 0], [gamma = 0]) =>
      peak > 0 ? { kind: "exponential", peak, gamma, ...(floor > 0 ? { floor } : {}) } : null,
  };
}

/** peak·(1 + t/scale)^−power. */
function inverses(ratio: number, apart: number): Model[] {
  const at = (t: number, scale: number, power: number) => [
    scale > 0 ? (1 + t / scale) ** -power : Number.NaN,
  ];
  const start = (power: number) => Math.max(1e-9, apart / (ratio ** (1 / power) - 1));
  return [
    {
      theta: [start(0.5)],
      whole: [0],
      parts: (t, [timescale = 0]) => at(t, timescale, 0.5),
      known: [null],
      make: ([peak = 0], [timescale = 0]) =>
        peak > 0 ? { kind: "inverse_sqrt", peak, warmup: 0, timescale } : null,
    },
    {
      theta: [1 / start(1)],
      parts: (t, [rate = 0]) => at(t, 1 / rate, 1),
      known: [null],
      make: ([peak = 0], [decay_rate = 0]) =>
        peak > 0 ? { kind: "inverse_time", peak, decay_rate, decay_steps: 1 } : null,
    },
    ...[0.75, 2].map((power): Model => ({
      theta: [1 / start(power), power],
      parts: (t, [gamma = 0, exponent = 0]) => at(t, 1 / gamma, exponent),
      known: [null],
      make: ([peak = 0], [gamma = 0, exponent = 0]) => inMmcv(peak, gamma, exponent),
    })),
  ];
}

/** By iterations, of which the stepping says any number. */
const inMmcv = (peak: number, gamma: number, power: number) =>
  peak > 0 && power > 0 && power < 20
    ? {
        library: "mmcv" as const,
        constructor: "mmcv.runner.hooks.InvLrUpdaterHook",
        kwargs: { by_epoch: false, gamma, power },
        base_lrs: [peak],
        stepping: { mode: "mmcv-iter" as const, max_epochs: 1, epoch_len: MANY, count: MANY },
      }
    : null;

const MANY = 1_000_000;
