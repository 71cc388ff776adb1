import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Random } from "@/tests/support/mistaken-runs";

const timm = (constructor: string, kwargs: Record<string, unknown>, base: number): DeclaredSchedule => ({
  library: "timm",
  constructor: `timm.scheduler.${constructor}`,
  kwargs,
  base_lrs: [base],
});

/** Schedules of about `n` steps with parameters from the whole range that people use. */
export const INFERABLE: Record<string, (r: Random, n: number, peak: number) => DeclaredSchedule> = {
  constant: (_, __, value) => ({ kind: "constant", value }),
  step: (r, n, peak) => ({
    kind: "step",
    peak,
    step_size: r.whole(n / 8, n / 3),
    gamma: r.digits(r.between(0.1, 0.9), 2),
  }),
  multi_step: (r, n, peak) => ({
    kind: "multi_step",
    peak,
    milestones: [r.whole(n * 0.2, n * 0.5), r.whole(n * 0.6, n * 0.9)],
    gamma: r.one([0.1, 0.2, 0.5]),
  }),
  exponential: (r, n, peak) => ({ kind: "exponential", peak, gamma: r.between(0.05, 0.5) ** (1 / n) }),
  "exponential with a floor": (r, n, peak) => ({
    kind: "exponential",
    peak,
    gamma: 0.01 ** (1 / n),
    floor: peak * r.between(0.1, 0.4),
  }),
  inverse_time: (r, n, peak) => ({
    kind: "inverse_time",
    peak,
    decay_rate: r.between(1, 9) / n,
    decay_steps: 1,
  }),
  inverse_sqrt: (r, n, peak) => ({
    kind: "inverse_sqrt",
    peak,
    warmup: 0,
    timescale: r.whole(n / 20, n / 2),
  }),
  polynomial: (r, n, peak) => ({
    kind: "polynomial",
    peak,
    floor: r.one([0, peak / 100]),
    power: r.one([0.5, 0.9, 1.5, 2, 3]),
    steps: n,
  }),
  linear: (r, n, from) => ({ kind: "linear", from, to: r.one([0, from / 50]), steps: n }),
  cosine: (r, n, peak) => ({ kind: "cosine", peak, floor: r.one([0, peak / 30]), steps: n }),
  cosine_restarts: (r, n, peak) => ({
    kind: "cosine_restarts",
    peak,
    floor: r.one([0, peak / 100]),
    T_0: r.whole(n / 12, n / 5),
    T_mult: r.one([1, 1.5, 2]),
    ...r.one([{}, { gamma: 0.6 }]),
  }),
  one_cycle: (r, n, max_lr) => ({
    kind: "one_cycle",
    max_lr,
    total_steps: n,
    pct_start: r.one([0.1, 0.25, 0.3, 0.4]),
    anneal_strategy: r.one(["cos", "linear"]),
  }),
  cyclic: (r, n, max_lr) => ({
    kind: "cyclic",
    base_lr: max_lr / 8,
    max_lr,
    step_size_up: r.whole(n / 15, n / 6),
    mode: r.one(["triangular", "triangular2"]),
  }),
  wsd: (r, n, peak) => {
    const [warmup, decay] = [r.whole(n / 30, n / 8), r.whole(n / 8, n / 3)];
    const shape = r.one(["linear", "cosine", "1-sqrt"] as const);
    return { kind: "wsd", peak, floor: 0, warmup, stable: n - warmup - decay, decay, shape };
  },
  warmup: (r, n, peak) => ({
    kind: "warmup",
    shape: r.one(["linear", "cosine", "exponential"]),
    steps: r.whole(n / 30, n / 6),
    start_factor: r.one([0.001, 0.05, 0.3]),
    then: r.one<ScheduleSpec>([
      { kind: "cosine", peak, floor: 0, steps: n },
      { kind: "linear", from: peak, to: peak / 10, steps: n },
    ]),
  }),
  "cosine per epoch": (r, n, peak) => ({
    kind: "per_epoch",
    spec: { kind: "cosine", peak, floor: 0, steps: Math.floor(n / 9) },
    steps_per_epoch: r.whole(5, 9),
  }),
  "cosine beyond its end": (r, n, peak) => ({
    library: "torch",
    constructor: "torch.optim.lr_scheduler.CosineAnnealingLR",
    kwargs: { T_max: r.whole(n / 4, n / 2) },
    base_lrs: [peak],
  }),
  "trapezoid of torch": (r, n, peak) => ({
    library: "torch",
    constructor: "torch.optim.lr_scheduler.SequentialLR",
    kwargs: {
      schedulers: [
        { constructor: "torch.optim.lr_scheduler.LinearLR", kwargs: { start_factor: 0.01, total_iters: 20 } },
        { constructor: "torch.optim.lr_scheduler.ConstantLR", kwargs: { factor: 1, total_iters: n } },
        {
          constructor: "torch.optim.lr_scheduler.LinearLR",
          kwargs: { start_factor: 1, end_factor: 0.1, total_iters: Math.floor(n / 4) },
        },
      ],
      milestones: [20, r.whole(n / 2, n * 0.7)],
    },
    base_lrs: [peak],
  }),
  "timm's cosine beside its warmup": (r, n, peak) =>
    timm("CosineLRScheduler", { t_initial: n, warmup_t: r.whole(3, n / 10), warmup_lr_init: 1e-7 }, peak),
  "timm's k-decay": (r, n, peak) =>
    timm("CosineLRScheduler", { t_initial: n, k_decay: r.one([0.7, 1.5, 2]) }, peak),
  "timm's tanh": (r, n, peak) =>
    timm(
      "TanhLRScheduler",
      { t_initial: n, lb: r.one([-6, -7]), ub: r.one([3, 4]), lr_min: peak / 1000 },
      peak,
    ),
  "optax's power of a cosine": (r, n, init_value) => ({
    library: "optax",
    constructor: "optax.cosine_decay_schedule",
    kwargs: { init_value, decay_steps: n, alpha: 0.05, exponent: r.one([1.5, 2]) },
  }),
};
