import { describe, expect, test } from "vitest";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

/** Curves that are a product, or whose positions are odd; other numbers than the golden file's. */
const CURVES: [string, DeclaredSchedule, steps: number][] = [
  ["an exponential warmup on an exponential decay", onDecay(27, 0.985), 160],
  ["the same, the decay waiting for the warmup", { ...onDecay(12, 0.98), delay: true }, 120],
  [
    "RAdam's warmup",
    { constructor: "pytorch_warmup.RAdamWarmup", kwargs: {}, base_lrs: [3e-4], beta2: 0.99 },
    200,
  ],
  [
    "a line times an exponential",
    {
      library: "torch",
      constructor: "ChainedScheduler",
      kwargs: {
        schedulers: [
          { constructor: "LinearLR", kwargs: { start_factor: 0.2, total_iters: 35 } },
          { constructor: "ExponentialLR", kwargs: { gamma: 0.97 } },
        ],
      },
      base_lrs: [0.02],
    },
    150,
  ],
  [
    "a step decay of fractional period",
    {
      constructor: "timm.scheduler.StepLRScheduler",
      kwargs: { decay_t: 1.7, decay_rate: 0.95 },
      base_lrs: [0.1],
    },
    70,
  ],
  ["fastai's one-cycle", fastai("fit_one_cycle", { lr_max: 0.003, pct_start: 0.4, div: 10 }, 130), 130],
  ["fastai's flat and cosine", fastai("fit_flat_cos", { lr: 0.02, pct_start: 0.6 }, 90), 90],
  ["fastai's restarts", fastai("fit_sgdr", { n_cycles: 4, cycle_len: 1, lr_max: 0.05 }, 210), 210],
];

function onDecay(warmup_period: number, gamma: number) {
  const lr_scheduler = { constructor: "torch.optim.lr_scheduler.ExponentialLR", kwargs: { gamma } };
  return {
    constructor: "pytorch_warmup.ExponentialWarmup",
    kwargs: { warmup_period },
    base_lrs: [0.07],
    lr_scheduler,
  };
}

function fastai(name: string, kwargs: Record<string, number>, total: number): DeclaredSchedule {
  const stepping = { mode: "eval-pos" as const, count: total, total };
  return { library: "fastai", constructor: `fastai.${name}`, kwargs, stepping };
}

describe("found again within 1e-6", () => {
  test.each(CURVES)("%s", (_, declared, count) => {
    const steps = Array.from({ length: count }, (_value, i) => i);
    const lrs = Array.from(compileDeclared(declared).at(steps)[0] ?? []);
    const { schedule, family } = inferSchedule(steps, lrs);
    expect(family).not.toMatch(/piecewise|unknown/);
    const again = compileDeclared(schedule!).at(steps)[0]!;
    lrs.forEach((lr, i) => expect(again[i]).toBeRelativelyClose(lr, 1e-6));
  });
});
