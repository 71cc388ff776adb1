import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { isStateLike, type DetectorState } from "@/lib/domain/plateau/detector-state";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { replay } from "@/lib/domain/plateau/replay";
import { toJsonNumber } from "@/lib/domain/plateau/json-number";

const count = (max: number) => fc.integer({ min: 0, max });
const factor = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const mode = fc.constantFrom("min", "max");
const minLr = fc.double({ min: 0, max: 0.05, noNaN: true });

const common = { factor, patience: count(4), cooldown: count(4) };
const torchOptions = { ...common, detector: fc.constant("torch"), mode, min_lr: minLr };
const anyPolicy = fc.oneof(
  fc.record({ ...torchOptions, threshold_mode: fc.constantFrom("rel", "abs") }),
  fc.record({ ...common, detector: fc.constant("keras"), mode, min_lr: minLr }),
  fc.record({ ...common, detector: fc.constant("timm"), mode, min_lr: minLr, warmup_t: count(4) }),
  fc.record({
    ...{ ...common, detector: fc.constant("optax"), accumulation_size: fc.integer({ min: 1, max: 3 }) },
    dtype: fc.constantFrom("float32", "float64"),
  }),
  fc.record({
    ...{ ...common, detector: fc.constant("greedy"), mode, min_lr: minLr, warmup: count(3) },
    ...{ smooth: fc.boolean(), window_size: fc.integer({ min: 1, max: 4 }), reset_start: count(3) },
  }),
);
/** Few distinct values, so that ties and plateaus are common; NaN and the infinities among them. */
const metric = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -8, max: 8 }).map((n) => n / 4) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);
const metrics = fc.array(metric, { maxLength: 60 });
const baseLrs = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 });

const specOf = (policy: object): DetectorSpec => normalisePolicy(policy).spec;
const overJson = (state: DetectorState): unknown => JSON.parse(JSON.stringify(state));

function fold(spec: DetectorSpec, start: DetectorState, values: readonly number[]): DetectorState {
  return values.reduce((state, value) => observe(spec, state, value).state, start);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe("every detector", () => {
  test.prop([anyPolicy, baseLrs, metrics])(
    "is pure: frozen input, same result twice",
    (policy, lrs, values) => {
      const spec = deepFreeze(specOf(policy));
      let state = deepFreeze(initialState(spec, Object.freeze(lrs)));
      for (const value of values) {
        const once = observe(spec, state, value, 7);
        expect(observe(spec, state, value, 7)).toEqual(once);
        state = deepFreeze(once.state);
      }
    },
  );

  test.prop([anyPolicy, baseLrs, metrics, metrics])(
    "folding in two halves through JSON equals one fold",
    (policy, lrs, before, after) => {
      const spec = specOf(policy);
      const start = initialState(spec, lrs);
      const half = fold(spec, start, before);
      const stored = overJson(half);
      if (!isStateLike(start, stored)) throw new Error("the stored state lost its shape");
      expect(overJson(fold(spec, stored, after))).toEqual(overJson(fold(spec, start, [...before, ...after])));
    },
  );

  test.prop([anyPolicy, baseLrs, metrics])("evidence counts from the best value", (policy, lrs, values) => {
    const spec = specOf(policy);
    let state = initialState(spec, lrs);
    values.forEach((value, index) => {
      const { evidence, state: next } = observe(spec, state, value, index * 5);
      const since = evidence.best_index === null ? index + 1 : index - evidence.best_index;
      expect(evidence.checks_since_best).toBe(since);
      if (evidence.best_index !== null) expect(evidence.best_step).toBe(evidence.best_index * 5);
      state = next;
    });
  });
});

describe("torch", () => {
  const torchPolicy = fc.record(torchOptions);

  test.prop([torchPolicy, metrics, fc.integer({ min: -64, max: 64 }), fc.integer({ min: -8, max: 8 })])(
    "threshold 0 in abs mode: shifts and positive scaling change no decision",
    (policy, values, shift, exponent) => {
      const spec = specOf({ ...policy, threshold: 0, threshold_mode: "abs" });
      // Quarters shifted by whole numbers and scaled by powers of two stay exact.
      const moved = values.map((value) => (value + shift) * 2 ** exponent);
      const plain = replay(spec, [0.1], values.map(toJsonNumber));
      const changed = replay(spec, [0.1], moved.map(toJsonNumber));
      expect({ ...changed, state: null }).toEqual({ ...plain, state: null });
      expect(changed.state.num_bad_epochs).toEqual(plain.state.num_bad_epochs);
    },
  );

  test.prop([torchPolicy, metrics])(
    "firings keep their distance: patience + 1 + cooldown",
    (policy, values) => {
      const spec = specOf(policy);
      const { triggers } = replay(spec, [0.1], values.map(toJsonNumber));
      const gap = spec.patience + 1 + spec.cooldown;
      triggers.forEach((index, i) =>
        expect(index - (triggers[i - 1] ?? -1 - spec.cooldown)).toBeGreaterThanOrEqual(gap),
      );
    },
  );

  test.prop([torchPolicy, baseLrs, metrics])(
    "rates never rise, nor fall below the floor",
    (policy, lrs, values) => {
      const spec = specOf(policy);
      let state = initialState(spec, lrs);
      for (const value of values) {
        const next = observe(spec, state, value).state;
        next.lrs.forEach((lr, group) => {
          const before = state.lrs[group]!;
          expect(lr).toBeLessThanOrEqual(before);
          expect(lr).toBeGreaterThanOrEqual(Math.min(before, policy.min_lr));
        });
        state = next;
      }
    },
  );
});

describe("keras and optax", () => {
  const options = { ...common, patience: fc.integer({ min: 1, max: 4 }) };

  test.prop([fc.record({ ...options, mode }), metrics])(
    "keras: cuts keep patience + cooldown − 1",
    (policy, values) => {
      const { events } = replay(specOf({ detector: "keras", ...policy }), [0.1], values.map(toJsonNumber));
      const gap = policy.patience + Math.max(0, policy.cooldown - 1);
      events.slice(1).forEach((index, i) => expect(index - events[i]!).toBeGreaterThanOrEqual(gap));
    },
  );

  test.prop([fc.record(options), metrics])("optax: firings keep patience + cooldown", (policy, values) => {
    const { triggers } = replay(specOf({ detector: "optax", ...policy }), [1], values.map(toJsonNumber));
    const gap = policy.patience + policy.cooldown;
    triggers.slice(1).forEach((index, i) => expect(index - triggers[i]!).toBeGreaterThanOrEqual(gap));
  });
});
