import { number, optional, orNull } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide, modulo } from "@/lib/domain/schedules/shared/python-math";
import { timed, warming, type Factor, type Lengths } from "./factor";

const NUM_CYCLES = optional(number, 0.5);
const FLOOR = { min_lr: optional(orNull(number), null), min_lr_rate: optional(orNull(number), null) };

/** P ↦ ½(1 + cos(2π·num_cycles·P)). */
const wave = (cycles: number): Factor => {
  const turns = Math.PI * cycles * 2;
  return (progress) => 0.5 * (1 + Math.cos(turns * progress));
};

const raised = (factor: number, floor: number) => Math.max(0, factor * (1 - floor) + floor);

/** `cosine`: not clamped, past the end it rises again. */
export const cosine = timed({ num_cycles: NUM_CYCLES }, ({ num_cycles }, { warmup, total }) => {
  const height = wave(num_cycles);
  const length = Math.max(1, total - warmup);
  return warming(warmup, (t) => Math.max(0, height((t - warmup) / length)));
});

/** `cosine_with_restarts`: num_cycles half waves, 0 from the end on. */
export const cosineWithRestarts = timed(
  { num_cycles: optional(number, 1) },
  ({ num_cycles }, { warmup, total }) => {
    const length = Math.max(1, total - warmup);
    return warming(warmup, (t) => {
      const progress = (t - warmup) / length;
      if (progress >= 1) return 0;
      return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * modulo(num_cycles * progress, 1))));
    });
  },
);

/** `cosine_with_min_lr`: the cosine raised to a floor, given as an LR or as a rate. */
export const cosineWithMinLr = timed({ num_cycles: NUM_CYCLES, ...FLOOR }, (args, lengths) => {
  const { warmup, total } = lengths;
  const floor = floorOf(args, lengths);
  const height = wave(args.num_cycles);
  const length = Math.max(1, total - warmup);
  return warming(warmup, (t) => raised(height((t - warmup) / length), floor));
});

/** `cosine_warmup_with_min_lr`: one step ahead of its siblings, in the warmup and in the decay. */
export const cosineWarmupWithMinLr = timed(
  { num_cycles: NUM_CYCLES, ...FLOOR, warmup_lr_rate: optional(orNull(number), null) },
  (args, lengths) => {
    const { warmup, total } = lengths;
    const floor = floorOf(args, lengths);
    const start = args.warmup_lr_rate;
    const height = wave(args.num_cycles);
    return (t) => {
      if (t < warmup) {
        if (start === null) return (t + 1) / Math.max(1, warmup);
        return start + ((1 - start) * t) / Math.max(1, warmup - 1);
      }
      return raised(height((t - warmup + 1) / Math.max(1, total - warmup)), floor);
    };
  },
);

function floorOf(
  args: { min_lr: number | null; min_lr_rate: number | null },
  { defaultLr }: Lengths,
): number {
  const { min_lr, min_lr_rate } = args;
  if (min_lr !== null && min_lr_rate !== null) {
    throw new PythonError("ValueError", "Only one of min_lr or min_lr_rate should be set");
  }
  if (min_lr !== null) return divide(min_lr, defaultLr);
  if (min_lr_rate !== null) return min_lr_rate;
  throw new PythonError(
    "ValueError",
    "One of min_lr or min_lr_rate should be set through the `lr_scheduler_kwargs`",
  );
}
