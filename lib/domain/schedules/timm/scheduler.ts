import { perBase, type Curve } from "@/lib/domain/schedules/shared/sample";
import {
  boolean,
  ignored,
  number,
  optional,
  type Kind,
  type Kwargs,
} from "@/lib/domain/schedules/shared/arguments";

/** A timm scheduler once constructed. It keeps no state: every value follows from `t` alone. */
export interface TimmScheduler {
  /** What the constructor leaves in the param groups. */
  initial: number[];
  /** After `.step(t)` or `.step_update(t)`. */
  at: Curve;
  /** `step_update` drives it rather than `step`. */
  inUpdates: boolean;
  /** `get_cycle_length(cycles)`; absent from Step and MultiStep. */
  cycleLength?: (cycles: number) => number;
}

export type TimmConstructor = (kwargs: Kwargs, bases: readonly number[], path: string) => TimmScheduler;

const absent: Kind<null> = {
  expected: "null (noise is drawn at random and cannot be evaluated)",
  parse: (value) => (value === null ? null : undefined),
};

/** Arguments of every scheduler but `warmup_prefix`, whose default differs. */
export const COMMON_PARAMETERS = {
  warmup_t: optional(number, 0),
  warmup_lr_init: optional(number, 0),
  t_in_epochs: optional(boolean, true),
  noise_range_t: optional(absent, null),
  noise_pct: optional(ignored, null),
  noise_std: optional(ignored, null),
  noise_seed: optional(ignored, null),
  initialize: optional(ignored, null),
};

export interface CommonArguments {
  warmup_t: number;
  warmup_lr_init: number;
  warmup_prefix: boolean;
  t_in_epochs: boolean;
}

/**
 * The curve with timm's warmup in front: for t < warmup_t a line from warmup_lr_init towards `targets`, the base LRs
 * unless given. Afterwards the curve, shifted by warmup_t only with `warmup_prefix`; without it the LR drops from the
 * line onto the curve at position warmup_t.
 */
export function scheduler(
  args: CommonArguments,
  bases: readonly number[],
  curve: Curve,
  targets: readonly number[] = bases,
): TimmScheduler {
  const { warmup_t, warmup_lr_init } = args;
  const slopes = targets.map((target) => (target - warmup_lr_init) / warmup_t);
  const shift = args.warmup_prefix ? warmup_t : 0;
  const line = (slope: number, t: number) => warmup_lr_init + t * slope;
  const warmed: Curve = (t) => (t < warmup_t ? perBase(slopes, line, t) : curve(t - shift));
  const inUpdates = !args.t_in_epochs;
  if (warmup_t === 0) return { initial: [...bases], at: curve, inUpdates };
  return { initial: bases.map(() => warmup_lr_init), at: warmed, inUpdates };
}
