import { type AuditInput } from "@/lib/domain/audit/audit";
import type { LrPoint } from "@/lib/domain/audit/report";

import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

/** Drawn from a seed, so that a failure can be replayed. mulberry32. */
export function randomOf(seed: number) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const log = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)));
  const one = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)]!;
  const digits = (value: number, n: number) => Number(value.toPrecision(n));
  return { uniform, between, whole, log, one, digits };
}
export type Random = ReturnType<typeof randomOf>;

/** A declared schedule that ends with the run, and whether it is stepped per epoch. */
export interface Drawn {
  name: string;
  declared: DeclaredSchedule;
  /** Scheduler steps of the whole run. */
  ticks: number;
  unit: number;
  stepsPerEpoch: number;
}

const torch = (constructor: string, kwargs: Record<string, unknown>, base: number): DeclaredSchedule => ({
  library: "torch",
  constructor: `torch.optim.lr_scheduler.${constructor}`,
  kwargs,
  base_lrs: [base],
});

const inner = (constructor: string, kwargs: Record<string, unknown>) => ({ constructor, kwargs });

/** Schedules as they are really declared; `n` scheduler steps long. */
const FAMILIES: Record<string, (r: Random, n: number, base: number) => DeclaredSchedule> = {
  StepLR: (r, n, base) =>
    torch(
      "StepLR",
      { step_size: Math.max(2, Math.round(n * r.between(0.15, 0.3))), gamma: r.one([0.1, 0.3, 0.5]) },
      base,
    ),
  MultiStepLR: (r, n, base) =>
    torch(
      "MultiStepLR",
      { milestones: [Math.round(n * r.between(0.3, 0.5)), Math.round(n * r.between(0.6, 0.8))], gamma: 0.1 },
      base,
    ),
  ExponentialLR: (r, n, base) =>
    torch("ExponentialLR", { gamma: r.digits(r.between(0.01, 0.2) ** (1 / n), 6) }, base),
  CosineAnnealingLR: (r, n, base) =>
    torch("CosineAnnealingLR", { T_max: n, eta_min: r.one([0, base * 0.01]) }, base),
  LinearLR: (r, n, base) =>
    torch("LinearLR", { start_factor: 1, end_factor: r.one([0.01, 0.1]), total_iters: n }, base),
  PolynomialLR: (r, n, base) => torch("PolynomialLR", { total_iters: n, power: r.one([0.9, 2, 3]) }, base),
  WarmRestarts: (r, n, base) =>
    torch(
      "CosineAnnealingWarmRestarts",
      {
        T_0: Math.max(3, Math.round(n / r.one([3, 5, 7]))),
        T_mult: r.one([1, 2]),
        eta_min: r.one([0, base * 0.01]),
      },
      base,
    ),
  OneCycleLR: (r, n, base) =>
    torch("OneCycleLR", { max_lr: base, total_steps: n, pct_start: r.one([0.1, 0.2, 0.3]) }, base),
  WarmupCosine: (r, n, base) => {
    const warmup = Math.max(3, Math.round(n * r.between(0.05, 0.15)));
    return torch(
      "SequentialLR",
      {
        schedulers: [
          inner("LinearLR", { start_factor: 0.01, total_iters: warmup }),
          inner("CosineAnnealingLR", { T_max: n - warmup }),
        ],
        milestones: [warmup],
      },
      base,
    );
  },
  hf_linear: (r, n, base) => ({
    library: "transformers",
    constructor: "transformers.get_scheduler",
    kwargs: {
      name: r.one(["linear", "cosine"]),
      num_warmup_steps: Math.max(3, Math.round(n * r.between(0.05, 0.15))),
      num_training_steps: n,
    },
    base_lrs: [base],
  }),
  hf_inverse_sqrt: (r, n, base) => ({
    library: "transformers",
    constructor: "transformers.get_scheduler",
    kwargs: { name: "inverse_sqrt", num_warmup_steps: Math.max(3, Math.round(n * r.between(0.05, 0.15))) },
    base_lrs: [base],
  }),
  wsd: (r, n, base) => {
    const warmup = Math.max(3, Math.round(n * 0.1));
    const decay = Math.round(n * r.between(0.2, 0.4));
    return {
      kind: "wsd",
      peak: base,
      floor: base * 0.01,
      warmup,
      stable: n - warmup - decay,
      decay,
      shape: r.one(["linear", "cosine", "1-sqrt"]),
    };
  },
  cosine: (_, n, base) => ({ kind: "cosine", peak: base, floor: base * 0.05, steps: n }),
  inverse_time: (r, n, base) => ({
    kind: "inverse_time",
    peak: base,
    decay_rate: r.between(2, 10),
    decay_steps: n,
  }),
  cyclic: (r, n, base) => ({
    kind: "cyclic",
    base_lr: base * 0.1,
    max_lr: base,
    step_size_up: Math.max(3, Math.round(n / r.one([6, 9]))),
  }),
};
export const FAMILY_NAMES = Object.keys(FAMILIES);

/** @param everyEpoch whether it is stepped per epoch; drawn as well when absent */
export function draw(r: Random, name: string, everyEpoch?: boolean): Drawn {
  const perEpoch = everyEpoch ?? (name !== "wsd" && r.uniform() < 0.4 && !name.startsWith("hf"));
  const stepsPerEpoch = r.whole(15, 60);
  const epochs = r.whole(20, 60);
  const ticks = perEpoch ? epochs : epochs * stepsPerEpoch;
  const base = r.digits(r.log(1e-5, 1), 2);
  const spec = FAMILIES[name]!(r, ticks, base);
  const unit = perEpoch ? stepsPerEpoch : 1;
  const declared: DeclaredSchedule = !perEpoch
    ? spec
    : "kind" in spec
      ? { kind: "per_epoch", spec, steps_per_epoch: stepsPerEpoch }
      : { ...spec, stepping: { unit: "epoch" } };
  return { name, declared, ticks, unit, stepsPerEpoch };
}

/** The declared LR after `tick` scheduler steps, and after `step` updates. */
export function ratesOf({ declared, unit, stepsPerEpoch }: Drawn) {
  const compiled = compileDeclared(declared, { stepsPerEpoch });
  const known = new Map<number, number>();
  const atTick = (tick: number) => {
    const key = Math.max(0, tick);
    const lr = known.get(key) ?? compiled.at([unit === 1 ? key : (key + 0.5) * unit])[0]![0]!;
    known.set(key, lr);
    return lr;
  };
  return { compiled, atTick, atStep: (step: number) => atTick(Math.floor(Math.max(0, step) / unit)) };
}

export interface Logging {
  every: number;
  offset: number;
  rounding: "none" | "float32" | "digits";
}

export function logged(
  drawn: Drawn,
  lr: (step: number) => number,
  { every, offset, rounding }: Logging,
): AuditInput {
  const end = drawn.ticks * drawn.unit;
  const round = (value: number) => {
    if (rounding === "float32") return Math.fround(value);
    return rounding === "digits" ? Number(value.toPrecision(6)) : value;
  };
  const log: LrPoint[] = [];
  for (let step = every === 1 ? 0 : every - 1; step < end; step += every)
    log.push({
      step,
      lr: round(lr(Math.max(0, step + offset))),
      epoch: Math.floor(step / drawn.stepsPerEpoch),
    });
  const { declared, stepsPerEpoch } = drawn;
  return { log, declared, compiled: compileDeclared(declared, { stepsPerEpoch }), stepsPerEpoch };
}
