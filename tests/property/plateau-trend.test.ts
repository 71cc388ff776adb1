import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { isStateLike } from "@/lib/domain/plateau/detector-state";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { kendallS, kendallVariance, senSlope } from "@/lib/domain/plateau/trend-kendall";

const options = fc.record({
  detector: fc.constant("trend"),
  mode: fc.constantFrom("min", "max"),
  window: fc.integer({ min: 1, max: 16 }),
  patience: fc.integer({ min: 1, max: 4 }),
  cooldown: fc.integer({ min: 0, max: 4 }),
  confidence: fc.constantFrom(0, 0.5, 0.95),
});
/** Quarters, so that shifts by whole numbers and scaling by powers of two are exact. */
const finite = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
const value = fc.oneof(
  { weight: 9, arbitrary: finite },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
);
const series = fc.array(value, { maxLength: 80 });

function firings(policy: object, values: readonly number[]): number[] {
  const { spec } = normalisePolicy(policy);
  let state = initialState(spec, [0.1]);
  return values.flatMap((item, index) => {
    const seen = observe(spec, state, item, index);
    state = seen.state;
    return seen.fired ? [index] : [];
  });
}

describe("the trend rule", () => {
  test.prop([options, series, fc.nat(80)])(
    "a fold that stops and goes on through JSON is the fold",
    (policy, values, cut) => {
      const { spec } = normalisePolicy(policy);
      const start = initialState(spec, [0.1, 0.01]);
      const fold = (from: typeof start, part: readonly number[]) =>
        part.reduce((state, item) => observe(spec, state, item, 3).state, from);
      const stored: unknown = JSON.parse(JSON.stringify(fold(start, values.slice(0, cut))));
      if (!isStateLike(start, stored)) throw new Error("the stored state lost its shape");
      const whole: unknown = JSON.parse(JSON.stringify(fold(start, values)));
      expect(JSON.parse(JSON.stringify(fold(stored, values.slice(cut))))).toEqual(whole);
    },
  );

  test.prop([
    options,
    series,
    fc.constantFrom(0, 0.125),
    fc.integer({ min: -64, max: 64 }),
    fc.integer({ min: -8, max: 8 }),
  ])(
    "a threshold of the gain: shift and positive scale of the metric change nothing",
    (policy, values, threshold, shift, exponent) => {
      const own = { ...policy, threshold };
      expect(
        firings(
          own,
          values.map((item) => (item + shift) * 2 ** exponent),
        ),
      ).toEqual(firings(own, values));
    },
  );

  test.prop([options, series, fc.constantFrom("rel", "abs"), fc.constantFrom(0, 0.01, 0.25, 1)])(
    "a window of 1 and torch's threshold modes: torch's rule of one patience less, on metrics that are not negative",
    (policy, values, threshold_mode, threshold) => {
      const { mode, cooldown, patience } = policy;
      const common = { mode, cooldown, threshold, threshold_mode };
      const finite = values.filter(Number.isFinite).map((item) => item + 10);
      expect(firings({ ...common, detector: "trend", window: 1, patience }, finite)).toEqual(
        firings({ ...common, detector: "torch", patience: patience - 1 }, finite),
      );
    },
  );

  test.prop([options, series, fc.nat(80), fc.constantFrom(1e9, -1e9)])(
    "a spike and recovery leaves the best level as it was where a level is of three values or more",
    (policy, values, at, spike) => {
      const own = { ...policy, window: 12 };
      const finite = values.filter(Number.isFinite);
      const place = Math.min(at, Math.max(0, finite.length - 1));
      const bestOf = (items: readonly number[]) => {
        const { spec } = normalisePolicy(own);
        const last = items.reduce((state, item) => observe(spec, state, item).state, initialState(spec, [1]));
        return last.counters.rule === "trend" ? Number(last.counters.best) : Number.NaN;
      };
      // A level of fewer values is the mean of two, or a single one.
      fc.pre(place >= 2);
      const spiked = finite.map((item, index) => (index === place ? spike : item));
      expect(Math.abs(bestOf(spiked))).toBeLessThanOrEqual(10);
    },
  );

  test.prop([options, series, fc.integer({ min: -8, max: 8 })])(
    "a threshold of the level: positive scale changes nothing",
    (policy, values, exponent) => {
      const own = { ...policy, threshold: 0.125, threshold_mode: "rel" };
      expect(
        firings(
          own,
          values.map((item) => item * 2 ** exponent),
        ),
      ).toEqual(firings(own, values));
    },
  );

  test.prop([options, series, fc.integer({ min: -64, max: 64 })])(
    "an absolute threshold: a shift changes nothing",
    (policy, values, shift) => {
      const own = { ...policy, threshold: 0.5, threshold_mode: "abs" };
      expect(
        firings(
          own,
          values.map((item) => item + shift),
        ),
      ).toEqual(firings(own, values));
    },
  );

  test.prop([options, series])("mode max on the negated series is mode min", (policy, values) => {
    const negated = values.map((item) => -item);
    expect(firings({ ...policy, mode: "max" }, negated)).toEqual(firings({ ...policy, mode: "min" }, values));
  });

  test.prop([options, series])(
    "values that are not finite change nothing but where they stand",
    (policy, values) => {
      const kept = values.flatMap((item, index) => (Number.isFinite(item) ? [index] : []));
      const alone = firings(
        policy,
        kept.map((index) => values[index] ?? 0),
      );
      expect(firings(policy, values)).toEqual(alone.map((index) => kept[index]));
    },
  );

  test.prop([options, series])(
    "firings are the patience apart, and the cooldown or a level of new values",
    (policy, values) => {
      const found = firings(policy, values);
      const rest = Math.max(policy.cooldown, Math.round(policy.window / 4) - 1);
      found
        .slice(1)
        .forEach((at, i) => expect(at - (found[i] ?? 0)).toBeGreaterThanOrEqual(policy.patience + rest));
    },
  );

  test.prop([options, series, fc.constantFrom(0, 0.125)])(
    "a steady improvement never fires",
    (policy, values, threshold) => {
      const sign = policy.mode === "min" ? -1 : 1;
      const steady = values.map((_, index) => sign * index);
      // So far back that a window's gain is above the threshold of all gained.
      expect(firings({ ...policy, threshold: threshold / 100 }, steady)).toEqual([]);
    },
  );
});

describe("the statistics", () => {
  const window = fc.array(finite, { minLength: 3, maxLength: 20 });

  test.prop([window])("S turns round with time, its variance does not", (items) => {
    const reversed = items.slice().reverse();
    expect(kendallS(reversed, 0) + kendallS(items, 0)).toBe(0);
    expect(kendallVariance(reversed)).toBe(kendallVariance(items));
  });

  test.prop([window, fc.double({ min: 0, max: 3, noNaN: true })])(
    "the slope lies in its interval",
    (items, z) => {
      const { slope, low, high } = senSlope(items, z);
      expect(low).toBeLessThanOrEqual(slope);
      expect(slope).toBeLessThanOrEqual(high);
    },
  );
});
