import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Lead } from "./candidate";

/** A fall from `peak` to `floor` over `length` steps. */
export interface Span {
  peak: number;
  floor: number;
  length: number;
}

/** What timm repeats: each cycle `mult` times as long as the one before, its peak `gamma` times as high. */
export interface Cycles {
  mult: number;
  gamma: number;
  limit: number;
}

/** How an LR goes from its peak (1, at u = 0) to its floor (0, at u = 1). */
export interface Shape {
  /** Starts from which the search for its own parameters succeeds. */
  starts: readonly (readonly number[])[];
  at: (u: number, theta: readonly number[]) => number;
  /** Its own parameters by default, where it starts lower than 1 and ends higher than 0, which its first LR and its rest hide. */
  cutAt?: readonly number[];
  native?: (span: Span, theta: readonly number[]) => ScheduleSpec;
  /** In timm's words: all of its schedules may come in cycles, and behind a warmup. */
  timm?: (theta: readonly number[]) => { constructor: string; own: Record<string, number> };
  /** In optax's. */
  optax?: (span: Span, theta: readonly number[], lead: Lead | null) => LibrarySchedule;
}

/** In [0, 1], so that no power of it is complex. */
const bounded = (u: number) => Math.min(1, Math.max(0, u));

const line: Shape = {
  starts: [[]],
  at: (u) => 1 - u,
  native: ({ peak, floor, length }) => ({ kind: "linear", from: peak, to: floor, steps: length }),
};

const cosine: Shape = {
  starts: [[]],
  at: (u) => 0.5 * (1 + Math.cos(Math.PI * u)),
  native: ({ peak, floor, length }) => ({ kind: "cosine", peak, floor, steps: length }),
  timm: () => ({ constructor: "CosineLRScheduler", own: {} }),
};

const polynomial: Shape = {
  starts: [[0.7], [2]],
  at: (u, [power = 1]) => bounded(1 - u) ** power,
  native: ({ peak, floor, length }, [power = 1]) => ({
    kind: "polynomial",
    peak,
    floor,
    power,
    steps: length,
  }),
  timm: ([power = 1]) => ({ constructor: "PolyLRScheduler", own: { power } }),
};

const slowCosine: Shape = {
  starts: [[0.9]],
  at: (u, [k = 1]) => 0.5 * (1 + Math.cos(Math.PI * bounded(u) ** k)),
  timm: ([k_decay = 1]) => ({ constructor: "CosineLRScheduler", own: { k_decay } }),
};

const slowPolynomial: Shape = {
  starts: [
    [0.7, 0.8],
    [1.5, 1.2],
  ],
  at: (u, [power = 1, k = 1]) => bounded(1 - bounded(u) ** k) ** power,
  timm: ([power = 1, k_decay = 1]) => ({ constructor: "PolyLRScheduler", own: { power, k_decay } }),
};

const tanh: Shape = {
  starts: [
    [-7, 3],
    [-4, 4],
  ],
  cutAt: [-7, 3],
  at: (u, [lb = 0, ub = 0]) => 0.5 * (1 - Math.tanh(lb * (1 - u) + ub * u)),
  timm: ([lb = 0, ub = 0]) => ({ constructor: "TanhLRScheduler", own: { lb, ub } }),
};

const powerOfCosine: Shape = {
  starts: [[1.5]],
  at: (u, [exponent = 1]) => bounded(0.5 * (1 + Math.cos(Math.PI * u))) ** exponent,
  optax: ({ peak, floor, length }, [exponent = 1], lead) => ({
    library: "optax",
    constructor: lead ? "optax.warmup_cosine_decay_schedule" : "optax.cosine_decay_schedule",
    kwargs: lead
      ? {
          init_value: lead.from,
          peak_value: peak,
          warmup_steps: lead.steps,
          decay_steps: lead.steps + length,
          end_value: floor,
          exponent,
        }
      : { init_value: peak, decay_steps: length, alpha: floor / peak, exponent },
  }),
};

/** Those of our own words first: the simplest first. */
export const SHAPES: readonly Shape[] = [
  line,
  cosine,
  polynomial,
  slowCosine,
  tanh,
  powerOfCosine,
  slowPolynomial,
];

export const OUR_SHAPES = SHAPES.filter(({ native }) => native !== undefined);

/** Those that come again and again. */
export const CYCLIC_SHAPES: readonly Shape[] = [cosine, polynomial, tanh, slowCosine, slowPolynomial];

export const ONCE: Cycles = { mult: 1, gamma: 1, limit: 1 };

/** A timm schedule; null where the shape is none of timm's, or its lengths are not whole. */
export function inTimm(
  shape: Shape,
  { peak, floor, length }: Span,
  theta: readonly number[],
  cycles: Cycles = ONCE,
  lead: Lead | null = null,
): LibrarySchedule | null {
  const said = shape.timm?.(theta);
  if (!said || !(peak >= 0) || !(floor >= 0)) return null;
  return {
    library: "timm",
    constructor: `timm.scheduler.${said.constructor}`,
    kwargs: {
      t_initial: length,
      ...(floor > 0 ? { lr_min: floor } : {}),
      ...said.own,
      ...repeated(cycles),
      ...(lead ? warmedUp(lead) : {}),
    },
    base_lrs: [peak],
  };
}

/** What is not timm's default. */
const repeated = ({ mult, gamma, limit }: Cycles) => ({
  ...(mult === 1 ? {} : { cycle_mul: mult }),
  ...(gamma === 1 ? {} : { cycle_decay: gamma }),
  ...(limit === 1 ? {} : { cycle_limit: limit }),
});

const warmedUp = ({ steps, from, delays }: Lead) => ({
  warmup_t: steps,
  warmup_lr_init: from,
  ...(delays ? { warmup_prefix: true } : {}),
});
