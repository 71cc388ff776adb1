import { describe, expect, test } from "vitest";
import { advance, startBacktest, summarise } from "@/lib/domain/plateau/backtest";
import { estimateStall } from "@/lib/domain/plateau/backtest-stall";
import { withSetting } from "@/lib/domain/plateau/backtest-sweep";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { seededRandom } from "@/lib/domain/stats/random";

const torch = (options: object = {}) =>
  normalisePolicy({ detector: "torch", mode: "min", patience: 2, factor: 0.5, ...options });
const steps = (values: readonly number[], from = 0) =>
  values.map((value, i) => ({ step: (from + i) * 10, value }));

describe("a backtest", () => {
  const flat = [3, 2, 1, 1, 1, 1, 1, 1, 1, 1];

  test("tells each firing, why, and the LR that would have been asked for", () => {
    const { fired, firings } = advance(startBacktest(torch(), 0.1), "val/loss", steps(flat));
    expect(fired).toEqual([
      { step: 50, check: 5 },
      { step: 80, check: 8 },
    ]);
    expect(firings.map(({ lr }) => lr)).toEqual([0.05, 0.025]);
    expect(firings[0]).toMatchObject({
      since_step: 20,
      message: expect.stringContaining("has not improved on 1 (step 20)"),
    });
  });

  test("in pages it is the same as at once", () => {
    const start = startBacktest(torch(), 0.1);
    const paged = advance(advance(start, "m", steps(flat.slice(0, 4))), "m", steps(flat.slice(4), 4));
    expect(paged).toEqual(advance(start, "m", steps(flat)));
  });

  test("keeps to the floor, to the policy's limits and to its own rates", () => {
    const lrs = (options: object) =>
      advance(startBacktest(torch(options), 0.1), "m", steps(flat)).firings.map(({ lr }) => lr);
    expect(lrs({ min_lr: 0.04 })).toEqual([0.05, 0.04]);
    expect(lrs({ max_cuts: 1 })).toEqual([0.05]);
    expect(lrs({ not_before: 60 })).toEqual([0.05]);
    const own = { constructor: "ReduceLROnPlateau", config: { patience: 2, factor: 0.5 }, base_lrs: [8] };
    const { firings } = advance(startBacktest(normalisePolicy(own), 0.1), "m", steps(flat));
    expect(firings.map(({ lr }) => lr)).toEqual([4, 2]);
  });
});

describe("how the firings lie about the stall", () => {
  const fired = [5, 12, 30].map((check) => ({ step: check * 10, check }));

  test("early ones, and the delay of the first that is not", () => {
    expect(summarise(fired, { step: 100, check: 10 })).toEqual({
      ...{ count: 3, first_step: 50, early: 1, delay_steps: 20, delay_checks: 2 },
    });
  });

  test("without a stall, or without a firing after it", () => {
    expect(summarise(fired, null)).toMatchObject({ count: 3, early: 0, delay_checks: null });
    expect(summarise(fired, { step: 400, check: 40 })).toMatchObject({ early: 3, delay_steps: null });
    expect(summarise([], { step: 1, check: 1 })).toMatchObject({ count: 0, first_step: null, early: 0 });
  });
});

describe("where a curve stalled", () => {
  const curve = (n: number, value: (i: number) => number) => Array.from({ length: n }, (_, i) => value(i));
  const knee = curve(256, (i) => Math.max(1, 3 - i / 64));

  test("at the knee, less the last two in a hundred of the fall", () => {
    expect(estimateStall(knee, "min")).toMatchObject({ index: 126, material: 0.04, noise: 0 });
    expect(
      estimateStall(
        knee.map((value) => -value),
        "max",
      )?.index,
    ).toBe(126);
  });

  test("through noise, and past values that are not finite", () => {
    const random = seededRandom(1);
    const noisy = knee.map((value) => value + 0.1 * (random() - 0.5));
    const stall = estimateStall(noisy, "min");
    expect(stall?.index).toBeGreaterThan(110);
    expect(stall?.index).toBeLessThan(140);
    expect(stall?.noise).toBeGreaterThan(0.01);
    expect(
      estimateStall(
        noisy.flatMap((value) => [value, Number.NaN]),
        "min",
      ),
    ).toEqual(stall);
  });

  test("where it began to get worse", () => {
    const index =
      estimateStall(
        curve(200, (i) => Math.abs(i - 100) / 100),
        "min",
      )?.index ?? 0;
    expect(index).toBeGreaterThan(40);
    expect(index).toBeLessThan(100);
  });

  test("nowhere while it still falls at the end, or with too few values", () => {
    expect(
      estimateStall(
        curve(200, (i) => 10 - 0.01 * i),
        "min",
      ),
    ).toBeNull();
    expect(estimateStall([1, 1, 1], "min")).toBeNull();
  });

  test("at once in a constant", () => {
    expect(
      estimateStall(
        curve(50, () => 2),
        "min",
      ),
    ).toMatchObject({ index: 0 });
  });
});

describe("a sweep's settings", () => {
  const set = (policy: object) => withSetting(normalisePolicy(policy).spec, { patience: 7, threshold: 0.5 });

  test("go where each rule keeps them", () => {
    expect(set({ detector: "torch" })).toMatchObject({ patience: 7, threshold: 0.5 });
    expect(set({ detector: "trend" })).toMatchObject({ patience: 7, threshold: 0.5, window: 30 });
    expect(set({ detector: "keras" })).toMatchObject({ patience: 7, min_delta: 0.5 });
    expect(set({ detector: "optax" })).toMatchObject({ patience: 7, rtol: 0.5 });
  });

  test("are refused where a policy's would be", () => {
    const spec = (detector: string) => normalisePolicy({ detector }).spec;
    expect(() => withSetting(spec("trend"), { patience: 0, threshold: 0 })).toThrow("patience of 1 or more");
    expect(() => withSetting(spec("optax"), { patience: 1, threshold: 0 })).toThrow("above 0");
  });
});
