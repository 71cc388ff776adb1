import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const BASE = 1e-3;

const transformers = (name: string, warmup: number, total: number): DeclaredSchedule => ({
  library: "transformers",
  constructor: "get_scheduler",
  kwargs: { name, num_warmup_steps: warmup, num_training_steps: total },
  base_lrs: [BASE],
});
const torch = (constructor: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  library: "torch",
  constructor,
  kwargs,
  base_lrs: [BASE],
});
const cosine = (steps: number, floor = 0): ScheduleSpec => ({ kind: "cosine", peak: BASE, floor, steps });
const warmed = (warmup: number, total: number, start_factor = 0.01): ScheduleSpec => ({
  kind: "warmup",
  shape: "linear",
  steps: warmup,
  start_factor,
  then: cosine(total - warmup),
});

function rateOf(declared: DeclaredSchedule) {
  const compiled = compileDeclared(declared);
  return (step: number) => compiled.at([Math.max(0, step)])[0]![0]!;
}

function findings(declared: DeclaredSchedule, lr: (step: number) => number, until: number, every = 1) {
  const log = [];
  for (let step = 0; step < until; step += every) log.push({ step, lr: lr(step), epoch: null });
  return auditLr({ log, declared, compiled: compileDeclared(declared) }).findings;
}

const LENGTHS: Record<string, { of: (total: number) => DeclaredSchedule; name: string }> = {
  cosine: { of: (total) => cosine(total, BASE / 50), name: "steps" },
  linear: { of: (steps) => ({ kind: "linear", from: BASE, to: 0, steps }), name: "steps" },
  "transformers' cosine": { of: (total) => transformers("cosine", 100, total), name: "num_training_steps" },
  "transformers' linear": { of: (total) => transformers("linear", 60, total), name: "num_training_steps" },
  "torch's polynomial": {
    of: (n) => torch("PolynomialLR", { total_iters: n, power: 2 }),
    name: "total_iters",
  },
};

const RESUMES = [
  { first: 1000, then: 2000, at: 600, every: 1 },
  { first: 1000, then: 1500, at: 250, every: 10 },
  { first: 2000, then: 1200, at: 700, every: 1 },
  { first: 900, then: 4000, at: 880, every: 20 },
];

describe.each(Object.entries(LENGTHS))("%s resumed with another total", (family, { of, name }) => {
  // Each family in two of the ways: all of them in all take long.
  test.each(RESUMES.filter((_, i) => i % 2 === family.length % 2))("%j", ({ first, then, at, every }) => {
    const [before, after] = [rateOf(of(first)), rateOf(of(then))];
    const lr = (step: number) => (step < at ? before(step) : after(step));
    const until = then;
    const last = until - 1 - ((until - 1) % every);
    const shown = Math.ceil(at / every) * every;
    expect(findings(of(first), lr, until, every)).toMatchObject([
      { code: "parameter", from_step: shown, to_step: last, params: { name, declared: first, fitted: then } },
    ]);
    expect(findings(of(then), lr, until, every)).toMatchObject([
      {
        code: "parameter",
        from_step: 0,
        to_step: shown - every,
        params: { name, declared: then, fitted: first },
      },
    ]);
  });
});

describe("another pace from the end of the warmup on", () => {
  const schedules = [transformers("cosine", 100, 1000), transformers("linear", 40, 1200), warmed(80, 1000)];
  const ends = [100, 40, 80];
  test.each([2, 3, 4, 8, 16])("%i calls an update", (N) => {
    for (const [i, declared] of schedules.entries()) {
      const since = ends[i]!;
      const at = rateOf(declared);
      const lr = (step: number) => at(step < since ? step : since + N * (step - since));
      expect(findings(declared, lr, 900)).toMatchObject([
        { code: "time_scale", from_step: since, to_step: 899, params: { N, cadence: "several", since } },
      ]);
    }
  });

  test.each([2, 4, 10])("one call in %i updates", (n) => {
    for (const [i, declared] of schedules.entries()) {
      const since = ends[i]!;
      const at = rateOf(declared);
      const lr = (step: number) => at(step < since ? step : since + Math.floor((step - since) / n));
      expect(findings(declared, lr, 900)).toMatchObject([
        { code: "time_scale", from_step: since, params: { N: 1 / n, cadence: "seldom", since } },
      ]);
    }
  });

  test.each([300, 417])("or from a resume at step %i", (since) => {
    const at = rateOf(cosine(1000));
    const found = findings(cosine(1000), (step) => at(step < since ? step : since + 4 * (step - since)), 560);
    expect(found).toMatchObject([{ code: "time_scale", params: { N: 4, cadence: "several" } }]);
    expect(Math.abs(Number(found[0]!.params.since) - since)).toBeLessThanOrEqual(1);
  });
});

describe("a scheduler made anew for an optimizer whose state was loaded", () => {
  const floors = [0, BASE / 10];
  const from = (loaded: number, floor: number, counted: number, length: number) =>
    floor + ((loaded - floor) / 2) * (1 + Math.cos((Math.PI * Math.min(counted, length)) / length));

  test.each([
    { at: 400, every: 1 },
    { at: 150, every: 1 },
    { at: 600, every: 10 },
  ])("goes on from the LR that was loaded: %j", ({ at, every }) => {
    for (const floor of floors) {
      const declared = torch("CosineAnnealingLR", { T_max: 1000, eta_min: floor });
      const first = (step: number) => from(BASE, floor, step, 1000);
      const lr = (step: number) => (step < at ? first(step) : from(first(at), floor, step - at, 1000));
      const found = findings(declared, lr, 1000, every);
      expect(found).toMatchObject([{ code: "restarted", params: { from_lr: expect.any(Number) } }]);
      expect(Math.abs(Number(found[0]!.params.restart_step) - at)).toBeLessThanOrEqual(1);
      expect(found[0]!.message).toContain("the learning rate that it had reached");
    }
  });

  test("over what was left", () => {
    const first = (step: number) => from(BASE, 0, step, 1000);
    const lr = (step: number) => (step < 300 ? first(step) : from(first(300), 0, step - 300, 700));
    expect(findings(cosine(1000), lr, 1000)).toMatchObject([
      { code: "restarted", from_step: 300, params: { restart_step: 300, length: 700 } },
    ]);
  });
});

describe("a warmup of another length", () => {
  test.each([
    [10, 11, 80],
    [10, 12, 80],
    [20, 21, 200],
    [100, 80, 1000],
    [100, 137, 1000],
  ])("%i declared, %i done, of %i steps in all", (declared, done, total) => {
    const own = findings(warmed(declared, total, 0.1), rateOf(warmed(done, total, 0.1)), total);
    expect(own).toMatchObject([{ code: "parameter", params: { declared, fitted: done } }]);
    expect(own[0]!.params.name).toBe("steps (then.steps less by as much)");
    for (const name of ["cosine", "linear"]) {
      const found = findings(
        transformers(name, declared, total),
        rateOf(transformers(name, done, total)),
        total,
      );
      expect(found).toMatchObject([
        { code: "parameter", params: { name: "num_warmup_steps", fitted: done } },
      ]);
    }
  });

  test("in other words for the same", () => {
    const wsd = (warmup: number): DeclaredSchedule => ({
      kind: "wsd",
      peak: BASE,
      floor: 0,
      warmup,
      stable: 600 - warmup,
      decay: 400,
      shape: "cosine",
    });
    expect(findings(wsd(100), rateOf(wsd(70)), 1000)).toMatchObject([
      { code: "parameter", params: { declared: 100, fitted: 70 } },
    ]);
    const keras = (warmup_steps: number): DeclaredSchedule => ({
      library: "keras",
      constructor: "keras.optimizers.schedules.CosineDecay",
      kwargs: {
        initial_learning_rate: 0,
        decay_steps: 1000 - warmup_steps,
        warmup_target: BASE,
        warmup_steps,
      },
    });
    expect(findings(keras(100), rateOf(keras(60)), 1000)).toMatchObject([
      { code: "parameter", params: { name: "warmup_steps (decay_steps less by as much)", fitted: 60 } },
    ]);
    const sequence = (warmup: number): DeclaredSchedule => ({
      kind: "sequence",
      parts: [
        { spec: { kind: "linear", from: 0, to: BASE, steps: warmup }, steps: warmup },
        { spec: cosine(1000 - warmup), steps: 1000 - warmup },
      ],
    });
    expect(findings(sequence(100), rateOf(sequence(60)), 1000)).toMatchObject([
      { code: "parameter", params: { declared: 100, fitted: 60 } },
    ]);
  });
});

describe("a warmup, then nothing", () => {
  test.each([1, 7, 10, 25])("logged every %i steps: the scheduler was not stepped any more", (every) => {
    const declared = transformers("cosine", 100, 1000);
    const found = findings(declared, (step) => BASE * Math.min(1, step / 100), 1000, every);
    expect(found).toMatchObject([{ code: "never_stepped", params: { kind: "held", lr: BASE } }]);
    expect(Math.abs(found[0]!.from_step - 101)).toBeLessThanOrEqual(1);
  });
});

describe("what is not explained", () => {
  const at = rateOf(cosine(1000));
  const odd = (step: number) => (step % 2 ? 3e-4 : 7e-4) * (1 + (step % 7) / 20);

  test("covers the steps that are off, and not those that are a step late", () => {
    const lr = (step: number) => (step < 40 ? odd(step) : at(step - (step > 500 ? 1 : 0)));
    expect(findings(cosine(1000), lr, 1000)).toMatchObject([
      { code: "unexplained", from_step: 0, to_step: 39 },
    ]);
  });

  test("is told stretch by stretch", () => {
    const lr = (step: number) =>
      (step >= 100 && step < 130) || (step >= 700 && step < 720) ? odd(step) : at(step);
    expect(findings(cosine(1000), lr, 1000)).toMatchObject([
      { code: "unexplained", from_step: 100, to_step: 129 },
      { code: "unexplained", from_step: 700, to_step: 719 },
    ]);
  });

  test.each([3, 5, 9])("%i points off are enough, two are not", (n) => {
    const off = (count: number) => (step: number) =>
      step >= 300 && step < 300 + count ? odd(step) : at(step);
    expect(findings(cosine(1000), off(n), 1000)).toMatchObject([{ from_step: 300, to_step: 299 + n }]);
    expect(findings(cosine(1000), off(2), 1000)).toEqual([]);
  });
});
