import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

const STEPS = 2400;
const HALVED = 1777;
const BEGUN_AGAIN = 1000;

const SCHEDULES: Record<string, DeclaredSchedule> = {
  torch: {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.SequentialLR",
    kwargs: {
      schedulers: [
        {
          constructor: "torch.optim.lr_scheduler.LinearLR",
          kwargs: { start_factor: 0.01, total_iters: 200 },
        },
        { constructor: "torch.optim.lr_scheduler.CosineAnnealingLR", kwargs: { T_max: STEPS - 200 } },
      ],
      milestones: [200],
    },
    base_lrs: [0.1],
  },
  transformers: {
    library: "transformers",
    constructor: "get_scheduler",
    kwargs: { name: "linear", num_warmup_steps: 150, num_training_steps: STEPS },
    base_lrs: [3e-4],
  },
  keras: {
    library: "keras",
    constructor: "keras.optimizers.schedules.ExponentialDecay",
    kwargs: { initial_learning_rate: 0.01, decay_steps: 500, decay_rate: 0.5 },
  },
  optax: {
    library: "optax",
    constructor: "optax.warmup_cosine_decay_schedule",
    kwargs: { init_value: 0, peak_value: 1e-3, warmup_steps: 200, decay_steps: STEPS, end_value: 1e-5 },
  },
};

type Curve = (step: number) => number;

function findings(declared: DeclaredSchedule, mistaken: (at: Curve) => Curve, until = STEPS) {
  const compiled = compileDeclared(declared);
  const [all = new Float64Array()] = compiled.lrs(0, 8 * STEPS);
  const lrAt = mistaken((step) => all[Math.max(0, Math.floor(step))] ?? Number.NaN);
  const log = Array.from({ length: until }, (_, step) => ({ step, lr: lrAt(step), epoch: null }));
  return auditLr({ log, declared, compiled }).findings;
}

describe.each(Object.entries(SCHEDULES))("%s", (name, declared) => {
  test("a factor from the start, and a change by hand later", () => {
    const found = findings(declared, (at) => (step) => at(step) * 0.25 * (step < HALVED ? 1 : 0.5));
    expect(found).toMatchObject([
      { code: "scaled", from_step: 0, params: { factor: 0.25 } },
      { code: "external_change", from_step: HALVED, params: { kind: "scaled" } },
    ]);
    expect(found[1]!.params.factor).toBeCloseTo(0.5, 6);
  });

  test("steps taken four times over, and a change by hand later", () => {
    const found = findings(declared, (at) => (step) => at(4 * step) * (step < 330 ? 1 : 0.2), STEPS / 4);
    expect(found).toMatchObject([
      { code: "time_scale", params: { N: 4 } },
      { code: "external_change", from_step: 330 },
    ]);
  });

  // An exponential that begins again is the same exponential, higher.
  test.skipIf(name === "keras")("begun again, and a change by hand later", () => {
    const again = (at: Curve) => (step: number) =>
      step < BEGUN_AGAIN ? at(step) : at(step - BEGUN_AGAIN) * (step < HALVED ? 1 : 0.3);
    expect(findings(declared, again)).toMatchObject([
      { code: "restarted", from_step: BEGUN_AGAIN, to_step: HALVED - 1 },
      { code: "external_change", from_step: HALVED },
    ]);
  });
});

test("a scheduler that stops being stepped is told with its step", () => {
  const stopped = findings(SCHEDULES.torch!, (at) => (step) => at(Math.min(step, 1234)));
  expect(stopped).toMatchObject([{ code: "never_stepped", from_step: 1235, to_step: STEPS - 1 }]);
});

test("a factor is told while the run is young", () => {
  const young = (points: number) =>
    findings(SCHEDULES.torch!, (at) => (step) => at(step) * 0.25, points).map(({ code }) => code);
  expect(young(2)).toEqual([]);
  expect(young(12)).toEqual(["scaled"]);
});
