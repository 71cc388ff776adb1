import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { advance, startBacktest } from "@/lib/domain/plateau/backtest";
import { estimateStall } from "@/lib/domain/plateau/backtest-stall";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { isStateLike } from "@/lib/domain/plateau/detector-state";
import { explain } from "@/lib/domain/plateau/explain";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { ends } from "@/tests/support/ends";
import { extreme, extremeSeries, finiteExtreme } from "@/tests/support/extremes";

const count = fc.oneof(fc.nat(4), fc.constantFrom(2 ** 53 - 1, 1e308));
const share = fc.oneof(fc.constantFrom(0, 5e-324, 0.1, 0.5, 1 - Number.EPSILON), finiteExtreme);
const any = { mode: fc.constantFrom("min", "max") };
const LIBRARIES: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  "torch.optim.lr_scheduler.ReduceLROnPlateau": {
    ...any,
    factor: share,
    patience: count,
    cooldown: count,
    threshold: finiteExtreme,
    threshold_mode: fc.constantFrom("rel", "abs"),
    min_lr: finiteExtreme,
    eps: finiteExtreme,
  },
  "keras.callbacks.ReduceLROnPlateau": {
    ...any,
    factor: share,
    patience: count,
    cooldown: count,
    min_delta: finiteExtreme,
    min_lr: finiteExtreme,
  },
  "timm.scheduler.PlateauLRScheduler": {
    ...any,
    decay_rate: share,
    patience_t: count,
    cooldown_t: count,
    threshold: finiteExtreme,
    lr_min: finiteExtreme,
    warmup_t: count,
    warmup_lr_init: finiteExtreme,
  },
  "optax.contrib.reduce_on_plateau": {
    factor: share,
    patience: count,
    rtol: share,
    atol: finiteExtreme,
    cooldown: count,
    accumulation_size: count,
    min_scale: finiteExtreme,
  },
  "transformers.optimization.GreedyLR": {
    ...any,
    factor: share,
    patience: count,
    threshold: finiteExtreme,
    threshold_mode: fc.constantFrom("rel", "abs"),
    cooldown: count,
    warmup: count,
    min_lr: finiteExtreme,
    max_lr: finiteExtreme,
    eps: finiteExtreme,
    smooth: fc.boolean(),
    window_size: fc.integer({ min: 1, max: 5 }),
    reset_start: count,
  },
};

const inLibraryWords = fc.oneof(
  ...Object.entries(LIBRARIES).map(([constructor, options]) =>
    fc
      .record(options, { requiredKeys: [] })
      .map((config): Record<string, unknown> => ({ constructor, config })),
  ),
);

const trend = fc.record(
  {
    detector: fc.constant("trend"),
    mode: fc.constantFrom("min", "max"),
    window: fc.integer({ min: 1, max: 40 }),
    patience: fc.integer({ min: 1, max: 4 }),
    threshold: finiteExtreme,
    threshold_mode: fc.constantFrom("gain", "rel", "abs"),
    confidence: fc.constantFrom(0, 0.5, 0.999),
    cooldown: count,
    factor: share,
    min_lr: finiteExtreme,
    eps: finiteExtreme,
  },
  { requiredKeys: ["detector", "window", "patience"] },
);

const policies = fc.oneof({ weight: 2, arbitrary: trend }, { weight: 3, arbitrary: inLibraryWords });

/** What a policy refuses is said in its own error; everything else is a fault. */
function orRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

/** JSON would make null of a number that is not finite. */
function finiteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(finiteThroughout);
}

describe("a detector, whatever its options and whatever is logged", () => {
  test.prop([policies, extremeSeries(extreme), finiteExtreme], { numRuns: 400 })(
    "comes to a verdict at each value, and its state and evidence are plain JSON",
    (policy, values, base) => {
      const spec = orRefused(() => normalisePolicy(policy).spec);
      const start = spec && orRefused(() => initialState(spec, [base, 0.1]));
      if (!spec || !start) return;
      ends(() => {
        let state = start;
        for (const [i, value] of values.entries()) {
          const seen = observe(spec, state, value, i);
          state = seen.state;
          const stored: unknown = JSON.parse(JSON.stringify(state));
          if (!isStateLike(start, stored)) throw new Error(`lost its shape: ${JSON.stringify(state)}`);
          if (seen.fired === null) continue;
          expect(finiteThroughout(seen.evidence)).toBe(true);
          expect(explain("loss", seen.fired, seen.evidence)).not.toMatch(/undefined|interval NaN/);
        }
      });
    },
  );

  test.prop([trend, extremeSeries(extreme)])("a backtest ends", (policy, values) => {
    const normal = orRefused(() => normalisePolicy(policy));
    if (!normal) return;
    const { fired } = ends(() =>
      advance(
        startBacktest(normal, 0.1),
        "loss",
        values.map((value, step) => ({ step, value })),
      ),
    );
    expect(fired.every(({ check }) => check < values.length)).toBe(true);
  });

  test.prop([extremeSeries(extreme, 200), fc.constantFrom("min" as const, "max" as const)])(
    "a stall is a place in the curve or none",
    (values, mode) => {
      const stall = ends(() => estimateStall(values, mode));
      if (!stall) return;
      expect(stall.index).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(stall.material) && Number.isFinite(stall.noise)).toBe(true);
    },
  );

  test("values of ±9.5e307 under the trend rule", () => {
    const { spec } = normalisePolicy({ detector: "trend", window: 8, patience: 3, mode: "min", metric: "l" });
    const values = Array.from({ length: 48 }, (_, i) => 9.5e307 * (Math.floor(i / 4) % 2 === 0 ? -1 : 1));
    const firings = ends(() => {
      let state = initialState(spec, [1]);
      return values.flatMap((value, i) => {
        const seen = observe(spec, state, value, i);
        state = seen.state;
        return seen.fired ? [i] : [];
      });
    });
    // The same curve far from the largest double fires at the same places.
    let state = initialState(spec, [1]);
    const small = values.flatMap((value, i) => {
      const seen = observe(spec, state, value * 2 ** -500, i);
      state = seen.state;
      return seen.fired ? [i] : [];
    });
    expect(firings).toEqual(small);
    expect(firings.length).toBeGreaterThan(0);
  });
});
