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
  test("a constant: after `patience` checks, and again once a level of new values has stood as long", () => {
    const constant = range(40, () => 0.5);
    expect(firedAt({}, constant).slice(0, 4)).toEqual([2, 6, 10, 14]);
    expect(firedAt({ window: 40 }, constant).slice(0, 4)).toEqual([2, 13, 24, 35]);
    expect(firedAt({ cooldown: 4 }, constant).slice(0, 3)).toEqual([2, 8, 14]);
  });

  test("a steady fall never, a rise at once, and the other way round for mode max", () => {
    const falling = range(60, (i) => 5 - 0.01 * i);
    const rising = falling.map((value) => -value);
    expect(firedAt({}, falling)).toEqual([]);
    expect(firedAt({ mode: "max" }, falling)[0]).toBe(2);
    expect(firedAt({}, rising)[0]).toBe(2);
    expect(firedAt({ mode: "max" }, rising)).toEqual([]);
  });

  test("a fall below the threshold: relative to what was gained, or in the metric's units", () => {
    // 1 in the first 50 checks, then a hundredth of that pace: 0.2 % of the gain in ten checks.
    const slowing = (shift = 0, scale = 1) =>
      range(150, (i) => shift + scale * (5 - Math.min(i, 50) / 50 - Math.max(0, i - 50) / 5000));
    const options = { patience: 10 };
    expect(firedAt(options, slowing())).toEqual([]);
    for (const values of [slowing(), slowing(-500), slowing(3, 1000), slowing(0, 1e-9)]) {
      expect(firedAt({ ...options, threshold: 0.001 }, values)).toEqual([]);
      expect(firedAt({ ...options, threshold: 0.01 }, values)[0]).toBeGreaterThan(50);
    }
    expect(firedAt({ ...options, threshold: 0.001, threshold_mode: "abs" }, slowing())).toEqual([]);
    expect(firedAt({ ...options, threshold: 0.01, threshold_mode: "abs" }, slowing())[0]).toBeGreaterThan(50);
  });

  test("a share of the level, as torch's threshold is, of a negative one too", () => {
    const options = { threshold_mode: "rel", patience: 10 };
    const falling = range(60, (i) => 5 - 0.001 * i);
    expect(firedAt({ ...options, threshold: 0.001 }, falling)).toEqual([]);
    expect(firedAt({ ...options, threshold: 0.1 }, falling)[0]).toBe(10);
    const negative = range(60, (i) => -50 - i);
    expect(firedAt({ ...options, threshold: 0.01 }, negative)).toEqual([]);
    expect(firedAt({ ...options, threshold: 0.5 }, negative)[0]).toBe(10);
    expect(
      firedAt(
        { ...options, threshold: 0.01 },
        negative.map(() => -50),
      )[0],
    ).toBe(10);
  });

  test("negative metrics, and those that cross 0, are like any other", () => {
    const curve = range(120, (i) => Math.exp(-i / 15));
    const fired = firedAt({ threshold: 0.01, patience: 5 }, curve);
    expect(fired[0]).toBeGreaterThan(40);
    for (const shift of [-1000, -1, -0.5, 1000])
      expect(
        firedAt(
          { threshold: 0.01, patience: 5 },
          curve.map((value) => value + shift),
        ),
      ).toEqual(fired);
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
    expect(firedAt({ window: 40, patience: 11 }, values)).toEqual([]);
  });

  test("a plateau under noise, within the window and the patience of its start", () => {
    const jitter = noise(0.05);
    const values = range(200, (i) => 1 + Math.max(0, 2 - 0.02 * i) + jitter());
    const [first = 0] = firedAt({ window: 30, patience: 10, threshold: 0.01 }, values);
    expect(first).toBeGreaterThanOrEqual(100);
    expect(first).toBeLessThanOrEqual(100 + 40);
  });

  test.each([
    ["up", 1000],
    ["down", -1000],
  ])("a spike %s and recovery in a fall is no plateau, and on a plateau no improvement", (_, size) => {
    const spiky = (values: number[]) =>
      values.map((value, i) => (i === 30 || i === 31 ? value * size : value));
    const options = { window: 20, patience: 3, threshold: 0.01 };
    expect(firedAt(options, spiky(range(80, (i) => 5 - 0.01 * i)))).toEqual([]);
    const flat = range(80, (i) => Math.max(4, 5 - 0.05 * i));
    const [plain = 0] = firedAt(options, flat);
    const [spiked = 0] = firedAt(options, spiky(flat));
    expect(plain).toBe(33);
    expect(Math.abs(spiked - plain)).toBeLessThanOrEqual(2);
  });

  test("a first value far off is not taken for the gain of the run", () => {
    const falling = range(80, (i) => 5 - 0.01 * i);
    expect(firedAt({ window: 20, patience: 3, threshold: 0.01 }, [1e6, ...falling])).toEqual([]);
  });

  test("ties: a metric in coarse steps falls as long as the steps come", () => {
    const steps = range(120, (i) => 0.9 - 0.01 * Math.floor(Math.min(i, 80) / 6));
    const [first = 0] = firedAt({ window: 20, patience: 8, threshold: 0.01 }, steps);
    expect(first).toBeGreaterThan(78);
    expect(first).toBeLessThan(110);
  });

  test("sparse validation: a dozen checks are enough", () => {
    const few = [2.1, 1.4, 1.1, 0.95, 0.9, 0.9, 0.91, 0.9, 0.9, 0.92, 0.9, 0.91];
    expect(firedAt({ window: 8, patience: 3, threshold: 0.01 }, few)[0]).toBeLessThan(12);
    expect(firedAt({ window: 8, patience: 3, threshold: 0.01 }, few)[0]).toBeGreaterThan(4);
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
    expect(with_.filter(({ fired }) => fired)).toHaveLength(without.filter(({ fired }) => fired).length);
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
    expect([rates[1], rates[2], rates[7], rates[12]]).toEqual([0.1, 0.05, 0.04, 0.04]);
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
        { confidence: 0.95, patience: 11 },
        range(12, () => 0.5),
      ),
    ).toBe(
      "Over the last 10 checks val/loss did not move, 95 % interval 0 … 0 %: not distinguishable from no improvement. " +
        "The median of its last 3 checks has not beaten 0.5 (step 0) for 11 checks.",
    );
  });

  test("a rise, in the direction of the verb", () => {
    expect(
      said(
        { confidence: 0.95, patience: 11 },
        range(12, (i) => 100 + i),
      ),
    ).toBe(
      "Over the last 10 checks val/loss rose by 0.94 % per check, 95 % interval 0.94 … 0.94 %: not distinguishable from no improvement. " +
        "The median of its last 3 checks has not beaten 100 (step 0) for 11 checks.",
    );
  });

  test("a fall that is real and too small", () => {
    const slowing = range(60, (i) => 100 - Math.min(i, 20) - 0.001 * Math.max(0, i - 20));
    expect(said({ confidence: 0.95, threshold: 0.01, patience: 8 }, slowing)).toBe(
      "Over the last 10 checks val/loss fell by 0.0013 % per check, 95 % interval 0.0013 … 0.0013 %: less than 0.24 % in 10 checks. " +
        "The median of its last 3 checks has not beaten 80 (step 210) by more than 0.19 for 8 checks.",
    );
  });

  test("in the metric's units where it changes sign; a window of one speaks of the metric itself", () => {
    expect(
      said(
        { mode: "max" },
        range(12, (i) => 1 - i),
      ),
    ).toBe(
      "Over the last 3 checks val/loss fell by 1 per check, 50 % interval 1 … 1: not distinguishable from no improvement. " +
        "The median of its last 3 checks has not beaten 1 (step 0) for 2 checks.",
    );
    expect(
      said(
        { window: 1 },
        range(12, () => 2),
      ),
    ).toBe("val/loss has not beaten 2 (step 0) for 2 checks.");
  });

  test("the policy", () => {
    expect(describePolicy("val/loss", specOf({ factor: 0.5, threshold: 0.01, cooldown: 1 }))).toBe(
      "val/loss: ×0.5 after 2 checks without a gain of 1 % of all so far, if 10 show no slope, then 1 check of cooldown (the trend rule)",
    );
  });
});

describe("refusals", () => {
  test.each([
    [{ window: 0 }, "window must be 1 to 100"],
    [{ window: 101 }, "window must be 1 to 100"],
    [{ patience: 0 }, "patience must be 1 or more"],
    [{ confidence: 1 }, "confidence must be 0 to 0.999"],
    [{ threshold: -1 }, "threshold must be 0 or more"],
    [{ threshold_mode: "level" }, "threshold_mode must be one of gain, rel, abs"],
    [{ factor: 1 }, "factor must be above 0 and below 1"],
    [{ min_delta: 1 }, "unknown argument min_delta"],
  ])("%j", (options, message) => expect(() => specOf(options)).toThrow(message));
});
