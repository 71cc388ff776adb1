import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

const torch = (name: string, kwargs: Record<string, unknown>, perEpoch = false): DeclaredSchedule => ({
  library: "torch",
  constructor: name,
  kwargs,
  base_lrs: [0.1],
  ...(perEpoch ? { stepping: { unit: "epoch" as const } } : {}),
});

const warmupCosine = (warmup: number, total: number, T_max = total - warmup) => ({
  schedulers: [
    { constructor: "LinearLR", kwargs: { start_factor: 0.01, total_iters: warmup } },
    { constructor: "CosineAnnealingLR", kwargs: { T_max } },
  ],
  milestones: [warmup],
});

const STEPS_PER_EPOCH = 30;
const TOTAL = 1200;

/** A run that declares one schedule and logs `lr`, up to step `until`. */
function audit(
  declared: DeclaredSchedule,
  lr: (step: number) => number,
  { every = 1, from = 0, until = TOTAL, digits = 17 } = {},
) {
  const log = [];
  for (let step = from; step < until; step += every)
    log.push({ step, lr: Number(lr(step).toPrecision(digits)), epoch: Math.floor(step / STEPS_PER_EPOCH) });
  const lengths = { stepsPerEpoch: STEPS_PER_EPOCH, totalSteps: TOTAL };
  return auditLr({ log, declared, compiled: compileDeclared(declared, lengths), ...lengths }).findings;
}

const rateOf = (declared: DeclaredSchedule) => {
  const compiled = compileDeclared(declared, { stepsPerEpoch: STEPS_PER_EPOCH, totalSteps: TOTAL });
  const [lrs = new Float64Array()] = compiled.lrs(0, TOTAL + 1);
  return (step: number) => lrs[Math.min(TOTAL, Math.max(0, step))] ?? Number.NaN;
};

const cosine = torch("CosineAnnealingLR", { T_max: TOTAL });
const perEpoch = torch("SequentialLR", warmupCosine(4, 40), true);

describe("an LR that stands still", () => {
  test("from the middle on: the scheduler was not stepped any more, which is no growing lag", () => {
    const lr = rateOf(perEpoch);
    const found = audit(perEpoch, (step) => lr(Math.min(step, 700)), { every: 10, from: 9 });
    expect(found).toMatchObject([{ code: "never_stepped", params: { kind: "held" } }]);
  });

  test("at the optimizer's LR, although a warmup is declared: first that is missing, then all of it", () => {
    const declared = torch("SequentialLR", warmupCosine(100, TOTAL));
    expect(audit(declared, () => 0.1, { until: 90 })).toMatchObject([{ code: "warmup_missing" }]);
    expect(audit(declared, () => 0.1)).toMatchObject([{ code: "never_stepped", params: { lr: 0.1 } }]);
  });

  test("for an epoch: nothing can be said yet", () => {
    const first = rateOf(perEpoch)(0);
    expect(audit(perEpoch, () => first, { until: 40 })).toEqual([]);
  });
});

describe("updates lost before the first logged point", () => {
  const lr = rateOf(cosine);

  test.each([{ every: 10, from: 10 }, { from: 250 }])("are no restart: logged %j", (logged) => {
    const found = audit(cosine, (step) => lr(step - 13), logged);
    expect(found).toMatchObject([{ code: "offset", params: { k: -13 } }]);
  });

  test("a log that begins in the middle, with a schedule that begins there, is one", () => {
    const found = audit(cosine, (step) => lr(step - 500), { every: 10, from: 500 });
    expect(found).toMatchObject([{ code: "restarted", params: { restart_step: 500 } }]);
  });

  test("while a loss scaler looks for its scale, all of them", () => {
    const declared = torch("LinearLR", { start_factor: 0.01, total_iters: 140 });
    const rising = rateOf(declared);
    const found = audit(declared, (step) => rising(Math.max(0, step - 5)), { until: 60 });
    expect(found.map(({ code }) => code)).not.toContain("external_change");
    expect(found).toMatchObject([{ params: { k: expect.toSatisfy((k: number) => Math.abs(k) === 5) } }]);
  });
});

describe("parameters", () => {
  test("a warmup's length is one number, though a sequence states it twice or three times", () => {
    const declared = torch("SequentialLR", warmupCosine(120, TOTAL));
    const name = "milestones[0] and schedulers[0].total_iters";
    const twice = rateOf(torch("SequentialLR", warmupCosine(80, TOTAL, TOTAL - 120)));
    expect(audit(declared, twice)).toMatchObject([
      { code: "parameter", params: { name, declared: 120, fitted: 80 } },
    ]);
    const thrice = rateOf(torch("SequentialLR", warmupCosine(80, TOTAL)));
    expect(audit(declared, thrice)).toMatchObject([
      { params: { name: `${name} (schedulers[1].T_max less by as much)`, fitted: 80 } },
    ]);
  });

  test("without any warmup, per epoch, the cosine stretched over the run", () => {
    const bare = rateOf(torch("CosineAnnealingLR", { T_max: 40 }, true));
    expect(audit(perEpoch, bare, { every: 7 })).toMatchObject([
      { code: "warmup_missing", params: { warmup_steps: 120, how: "stretched" } },
    ]);
  });

  test("a factor of a step decay, though four digits of its LRs are logged", () => {
    const declared = torch("StepLR", { step_size: 300, gamma: 0.3 });
    const found = audit(declared, rateOf(torch("StepLR", { step_size: 300, gamma: 0.4305116 })), {
      digits: 4,
    });
    expect(found).toMatchObject([{ code: "parameter", params: { name: "gamma" } }]);
    expect(Number(found[0]?.params.fitted)).toBeCloseTo(0.4305, 3);
  });

  test("a milestone that came early, while it is the only one, is not a shift of all", () => {
    const declared = torch("StepLR", { step_size: 206, gamma: 0.5 });
    const lr = rateOf(torch("StepLR", { step_size: 164, gamma: 0.5 }));
    expect(audit(declared, lr, { until: 300 })).toMatchObject([
      { code: "parameter", params: { name: "step_size", fitted: 164 } },
    ]);
  });
});

test("of the speeds that two milestones allow the power of two is named", () => {
  const declared = torch("MultiStepLR", { milestones: [20, 39] }, true);
  const lr = rateOf(declared);
  const found = audit(declared, (step) => lr(8 * Math.floor(step / STEPS_PER_EPOCH) * STEPS_PER_EPOCH));
  expect(found).toMatchObject([{ code: "time_scale", params: { N: 8 } }]);
});
