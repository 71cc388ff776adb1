import { describe, expect, test } from "vitest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { describePolicy } from "@/lib/domain/plateau/describe-policy";
import { type DetectorState, isStateLike } from "@/lib/domain/plateau/detector-state";
import { explain } from "@/lib/domain/plateau/explain";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { seededRandom } from "@/lib/domain/stats/random";

const specOf = (options: object = {}) =>
  normalisePolicy({ detector: "trend", mode: "min", window: 10, patience: 2, threshold: 0, ...options }).spec;

function fold(options: object, values: readonly number[]) {
  const spec = specOf(options);
  let state = initialState(spec, [0.1]);
  return values.map((value, index) => {
    const seen = observe(spec, state, value, index * 10);
    state = seen.state;
    return seen;
  });
}

const firedAt = (options: object, values: readonly number[]): number[] =>
  fold(options, values).flatMap(({ fired }, index) => (fired ? [index] : []));

const counters = (state: DetectorState) => {
  if (state.counters.rule !== "trend") throw new Error("not a state of the trend rule");
  return state.counters;
};

const range = (n: number, value: (i: number) => number) => Array.from({ length: n }, (_, i) => value(i));
const noise = (sd: number, seed = 3) => {
  const random = seededRandom(seed);
  return () => sd * (random() + random() + random() - 1.5) * 2;
};

describe("when it fires", () => {
  test("a constant: once the window is full and judged flat `patience` times, and again a window later", () => {
    expect(
      firedAt(
        {},
        range(40, () => 0.5),
      ),
    ).toEqual([10, 21, 32]);
    expect(
      firedAt(
        { cooldown: 4 },
        range(40, () => 0.5),
      ),
    ).toEqual([10, 25]);
  });

  test("a steady fall never, a rise at once, and the other way round for mode max", () => {
    const falling = range(60, (i) => 5 - 0.01 * i);
    expect(firedAt({}, falling)).toEqual([]);
    expect(firedAt({ mode: "max" }, falling)[0]).toBe(10);
    expect(
      firedAt(
        {},
        falling.map((value) => -value),
      )[0],
    ).toBe(10);
    expect(
      firedAt(
        { mode: "max" },
        falling.map((value) => -value),
      ),
    ).toEqual([]);
  });

  test("a fall below the threshold: relative to the level, or in the metric's units", () => {
    const falling = range(60, (i) => 5 - 0.001 * i);
    expect(firedAt({ threshold: 0.001 }, falling)).toEqual([]);
    expect(firedAt({ threshold: 0.003 }, falling)[0]).toBe(10);
    expect(firedAt({ threshold: 0.005, threshold_mode: "abs" }, falling)).toEqual([]);
    expect(firedAt({ threshold: 0.02, threshold_mode: "abs" }, falling)[0]).toBe(10);
  });

  test("negative metrics: the threshold is a share of the magnitude", () => {
    const falling = range(60, (i) => -50 - i);
    expect(firedAt({ threshold: 0.01 }, falling)).toEqual([]);
    expect(firedAt({ threshold: 0.5 }, falling)[0]).toBe(10);
  });

  test("a fall through noise that torch's rule takes for a plateau", () => {
    const jitter = noise(0.3);
    const values = range(200, (i) => 8 - 0.02 * i + jitter());
    const torch = normalisePolicy({ detector: "torch", mode: "min", patience: 10 }).spec;
    let state = initialState(torch, [0.1]);
    const early = values.some((value) => {
      const seen = observe(torch, state, value);
      state = seen.state;
      return seen.fired !== null;
    });
    expect(early).toBe(true);
    expect(firedAt({ window: 40, patience: 3 }, values)).toEqual([]);
  });

  test("a plateau under noise, within the window and the patience of its start", () => {
    const jitter = noise(0.05);
    const values = range(200, (i) => 1 + Math.max(0, 2 - 0.02 * i) + jitter());
    const [first = 0] = firedAt({ window: 30, patience: 3 }, values);
    expect(first).toBeGreaterThanOrEqual(100);
    expect(first).toBeLessThanOrEqual(100 + 60);
  });

  test("a spike and recovery in a fall is no plateau, nor an improvement on one", () => {
    const spiky = (values: number[]) =>
      values.map((value, i) => (i === 30 || i === 31 ? value * 1000 : value));
    expect(firedAt({ window: 20, patience: 3 }, spiky(range(80, (i) => 5 - 0.01 * i)))).toEqual([]);
    const plain = firedAt(
      { window: 20, patience: 3 },
      range(80, () => 1),
    );
    expect(firedAt({ window: 20, patience: 3 }, spiky(range(80, () => 1)))[0]).toBe(plain[0]);
  });

  test("a higher confidence asks for more evidence of improvement", () => {
    const jitter = noise(0.3, 8);
    const values = range(120, (i) => 5 - 0.006 * i + jitter());
    const count = (confidence: number) => firedAt({ window: 20, patience: 2, confidence }, values).length;
    expect(count(0.99)).toBeGreaterThan(count(0.2));
  });
});

describe("values that are not finite", () => {
  test("are counted and passed over: the verdict is that of the others", () => {
    const plain = range(24, () => 1);
    const holed = plain.flatMap((value, i) => (i % 3 === 0 ? [Number.NaN, value] : [value]));
    const [with_, without] = [fold({}, holed), fold({}, plain)];
    expect(with_.flatMap(({ fired }) => (fired ? [fired] : []))).toHaveLength(
      without.flatMap(({ fired }) => (fired ? [fired] : [])).length,
    );
    expect(counters(with_.at(-1)!.state)).toMatchObject({ num_nonfinite: 8 });
    expect(counters(with_.at(-1)!.state).window).toEqual(counters(without.at(-1)!.state).window);
  });

  test("nothing else never fires, and −∞ is no best", () => {
    const seen = fold(
      {},
      range(60, (i) => [Number.NaN, Infinity, -Infinity][i % 3]!),
    );
    expect(seen.every(({ fired }) => fired === null)).toBe(true);
    expect(seen.at(-1)?.state).toMatchObject({
      best_index: null,
      counters: { best: "Infinity", num_nonfinite: 60 },
    });
  });
});

describe("state", () => {
  test("is bounded by the window and goes through JSON", () => {
    const seen = fold(
      { window: 12 },
      range(100, (i) => 9 - 0.01 * i),
    );
    expect(counters(seen.at(-1)!.state).window).toHaveLength(12);
    const stored: unknown = JSON.parse(JSON.stringify(seen.at(-1)?.state));
    expect(isStateLike(initialState(specOf(), [0.1]), stored)).toBe(true);
    expect(stored).toEqual(seen.at(-1)?.state);
  });

  test("cuts go to the floor and no further", () => {
    const rates = fold(
      { factor: 0.5, min_lr: 0.04 },
      range(40, () => 1),
    ).map(({ lrs }) => lrs[0]);
    expect([rates[9], rates[10], rates[21], rates[32]]).toEqual([0.1, 0.05, 0.04, 0.04]);
  });
});

describe("in words", () => {
  const said = (options: object, values: readonly number[]) => {
    const seen = fold(options, values).find(({ fired }) => fired);
    return seen?.fired ? explain("val/loss", seen.fired, seen.evidence) : null;
  };

  test("a standstill", () => {
    expect(
      said(
        { confidence: 0.95 },
        range(12, () => 0.5),
      ),
    ).toBe(
      "Over the last 10 checks val/loss did not move, 95 % interval 0 … 0 %: not distinguishable from no improvement.",
    );
  });

  test("a rise, in the direction of the verb", () => {
    expect(
      said(
        { confidence: 0.95 },
        range(12, (i) => 100 + i),
      ),
    ).toBe(
      "Over the last 10 checks val/loss rose by 0.95 % per check, 95 % interval 0.95 … 0.95 %: not distinguishable from no improvement.",
    );
  });

  test("a fall that is real and too small", () => {
    expect(
      said(
        { confidence: 0.95, threshold: 0.01 },
        range(12, (i) => 100 - 0.01 * i),
      ),
    ).toBe(
      "Over the last 10 checks val/loss fell by 0.01 % per check, 95 % interval 0.01 … 0.01 %: less than 1 % in 10 checks.",
    );
  });

  test("in the metric's units where it changes sign", () => {
    expect(
      said(
        { mode: "max" },
        range(12, (i) => 5 - i),
      ),
    ).toBe(
      "Over the last 10 checks val/loss fell by 1 per check, 50 % interval 1 … 1: not distinguishable from no improvement.",
    );
  });

  test("the policy", () => {
    expect(describePolicy("val/loss", specOf({ factor: 0.5, threshold: 0.01, cooldown: 1 }))).toBe(
      "val/loss: ×0.5 once 10 checks show no improvement of 1 %, for 2 checks on end, then 1 check of cooldown (the trend rule)",
    );
  });
});

describe("refusals", () => {
  test.each([
    [{ window: 4 }, "window must be 5 to 100"],
    [{ window: 101 }, "window must be 5 to 100"],
    [{ patience: 0 }, "patience must be 1 or more"],
    [{ confidence: 1 }, "confidence must be 0 to 0.999"],
    [{ threshold: -1 }, "threshold must be 0 or more"],
    [{ factor: 1 }, "factor must be above 0 and below 1"],
    [{ min_delta: 1 }, "unknown argument min_delta"],
  ])("%j", (options, message) => expect(() => specOf(options)).toThrow(message));
});
