import { describe, expect, test } from "vitest";
import { fittedParameter, parameterOf } from "@/lib/domain/audit/explain-parameter";
import { type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const fitted = (declared: DeclaredSchedule, done: DeclaredSchedule, points: number, every = 1) => {
  const problem = problemFrom(declared, logOf(rateOf(done), points, every));
  const found = fittedParameter(problem, [0])(problem.tolerances.tight);
  return found && { name: found.leaf.name, fitted: found.fitted };
};

const torch = (constructor: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  library: "torch",
  constructor,
  kwargs,
  base_lrs: [0.1],
});

describe("an argument left at its library's default", () => {
  test.each<[string, Record<string, unknown>, string, number]>([
    ["MultiStepLR", { milestones: [30, 60] }, "gamma", 0.3],
    ["StepLR", { step_size: 25 }, "gamma", 0.5],
    ["CosineAnnealingLR", { T_max: 100 }, "eta_min", 1e-3],
    ["CosineAnnealingWarmRestarts", { T_0: 14 }, "T_mult", 2],
    ["OneCycleLR", { max_lr: 0.1, total_steps: 100 }, "pct_start", 0.1],
    ["PolynomialLR", { total_iters: 100 }, "power", 2],
  ])("%s %j: %s", (constructor, kwargs, name, value) => {
    const done = torch(constructor, { ...kwargs, [name]: value });
    expect(fitted(torch(constructor, kwargs), done, 100)).toEqual({ name, fitted: value });
  });

  test("is called one", () => {
    const log = logOf(rateOf(torch("StepLR", { step_size: 25, gamma: 0.5 })), 100);
    const problem = problemFrom(torch("StepLR", { step_size: 25 }), log);
    expect(parameterOf(problem)(problem, problem.tolerances.tight)).toMatchObject({
      code: "parameter",
      params: { name: "gamma", declared: 0.1, fitted: 0.5, default: true },
    });
  });
});

test("of nothing left it says 0, not some tiny number", () => {
  const declared = torch("MultiStepLR", { milestones: [50], gamma: 0.1 });
  const log = logOf((step) => (step < 50 ? 0.1 : 0), 100);
  const problem = problemFrom(declared, log);
  const found = fittedParameter(problem, [0])(problem.tolerances.tight);
  expect(found).toMatchObject({ fitted: 0, leaf: { name: "gamma" } });
});

test("eleven points fit any parameter, twelve do not", () => {
  const [declared, done] = [10, 13].map((steps): DeclaredSchedule => ({
    kind: "linear",
    from: 1,
    to: 0,
    steps,
  }));
  expect(fitted(declared!, done!, 11)).toBeNull();
  expect(fitted(declared!, done!, 12)).toEqual({ name: "steps", fitted: 13 });
});

test("48 numbers are tried, those of long lists last", () => {
  const milestones = Array.from({ length: 60 }, (_, i) => 10 * (60 - i));
  const stairs = (changed: number | null): DeclaredSchedule => ({
    kind: "multi_step",
    peak: 1,
    milestones: milestones.map((at, i) => (i === changed ? at + 12 : at)),
    gamma: 0.9,
  });
  // Two numbers stand outside the list.
  expect(fitted(stairs(null), stairs(45), 621)).toEqual({ name: "milestones[45]", fitted: 162 });
  expect(fitted(stairs(null), stairs(46), 621)).toBeNull();
});

describe("a schedule that only meets a log of every k-th step", () => {
  const cycle = (step_size_up: number): DeclaredSchedule => ({
    kind: "cyclic",
    base_lr: 0.1,
    max_lr: 1,
    step_size_up,
  });

  test("is no explanation where a third of the steps between are elsewhere", () => {
    expect(fitted(cycle(4), cycle(3), 36, 8)).toBeNull();
  });

  test("is one where a fifth are", () => {
    expect(fitted(cycle(6), cycle(5), 36, 12)).toMatchObject({ name: "step_size_up" });
  });
});

describe("what is tried is counted", () => {
  const [declared, done] = [0.1, 0.3].map((gamma) => torch("StepLR", { step_size: 25, gamma }));

  test("nothing is without effort left", () => {
    const problem = problemFrom(declared!, logOf(rateOf(done!), 100));
    problem.tries.limit(1000);
    expect(fittedParameter(problem, [0])(problem.tolerances.tight)).toBeNull();
  });

  test("nor is a recursion that would have to be followed to a far step", () => {
    // With a T_max that is no whole number there is no closed form.
    const annealing = torch("CosineAnnealingLR", { T_max: 7 });
    const log = Array.from({ length: 60 }, (_, i) => ({
      step: 2 ** 53 - 400 + i,
      lr: 1 + (i % 3),
      epoch: null,
    }));
    const problem = problemFrom(annealing, log);
    expect(fittedParameter(problem, [0])(problem.tolerances.tight)).toBeNull();
    expect(problem.tries.spend(11_000_000)).toBe(true);
  });
});
