import { describe, expect, test } from "vitest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { isStateLike, type DetectorState } from "@/lib/domain/plateau/detector-state";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { backtest, replay } from "@/lib/domain/plateau/replay";

const specOf = (policy: object) => normalisePolicy({ mode: "min", ...policy }).spec;

function fold(spec: DetectorSpec, values: readonly number[], baseLrs = [0.1]) {
  let state = initialState(spec, baseLrs);
  return values.map((value, index) => {
    const observation = observe(spec, state, value, index * 10);
    state = observation.state;
    return observation;
  });
}

describe("evidence", () => {
  test("torch: the best value, where it was, and the count that fired", () => {
    const seen = fold(specOf({ detector: "torch", patience: 2 }), [1, 0.5, 0.5, 0.6, 0.7]);
    expect(seen.map(({ fired }) => fired)).toEqual([null, null, null, null, "reduce"]);
    expect(seen.at(-1)?.evidence).toEqual({
      ...{ best: 0.5, best_index: 1, best_step: 10, checks_since_best: 3, bad: 3, patience: 2 },
      ...{ threshold: 1e-4, threshold_mode: "rel", value: 0.7 },
    });
    expect(seen.at(-1)?.lrs).toEqual([0.1 * 0.1]);
  });

  test("a series without one usable value", () => {
    const last = fold(specOf({ detector: "torch", patience: 1 }), [Number.NaN, Number.NaN]).at(-1);
    expect(last?.fired).toBe("reduce");
    expect(last?.evidence).toMatchObject({
      best: "Infinity",
      best_index: null,
      checks_since_best: 2,
      value: "NaN",
    });
  });

  test("steps are optional", () => {
    const spec = specOf({ detector: "keras" });
    const { state, evidence } = observe(spec, initialState(spec, [0.1]), 1);
    expect(state).toMatchObject({ best_index: 0, best_step: null });
    expect(evidence).toMatchObject({ threshold: 1e-4, threshold_mode: "abs" });
  });

  test("optax judges the mean of its window", () => {
    const spec = specOf({ detector: "optax", accumulation_size: 2, patience: 1, atol: 0.5 });
    const seen = fold(spec, [1, 3, 2, 2]);
    expect(seen.map(({ evidence }) => evidence.value)).toEqual([1, 2, 2, 2]);
    expect(seen.map(({ fired }) => fired)).toEqual([null, null, null, "reduce"]);
    expect(seen.at(-1)?.evidence).toMatchObject({
      best: 2,
      best_index: 1,
      checks_since_best: 2,
      extra_threshold: 0.5,
    });
    const absolute = specOf({ detector: "optax", threshold: 0.5, threshold_mode: "abs" });
    expect(fold(absolute, [1])[0]?.evidence).toMatchObject({ threshold: 0.5, threshold_mode: "abs" });
  });

  test("GreedyLR raises, lowers and resets; a reset's evidence still has the old best", () => {
    const spec = specOf({
      detector: "greedy",
      patience: 1,
      factor: 0.5,
      min_lr: 0.05,
      max_lr: 0.2,
      reset_start: 1,
    });
    const seen = fold(spec, [4, 3, 3, 3, 3, 3]);
    expect(seen.map(({ fired }) => fired)).toEqual([null, "raise", null, "reduce", null, "reset"]);
    expect(seen.map(({ lrs }) => lrs[0])).toEqual([0.1, 0.2, 0.2, 0.1, 0.1, 0.1]);
    expect(seen.at(-1)?.evidence).toMatchObject({ best: 3, best_step: 10, checks_since_best: 4 });
    expect(seen.at(-1)?.state).toMatchObject({
      best_index: null,
      best_step: null,
      counters: { best: "Infinity" },
    });
  });
});

describe("rules beyond the golden cases", () => {
  test("optax: our min_lr floors the rate and never lifts it above its base", () => {
    const spec = specOf({ detector: "optax", patience: 1, factor: 0.1, min_lr: 0.02 });
    expect(fold(spec, [1, 1, 1], [0.1, 0.01]).at(-1)?.lrs).toEqual([0.02, 0.01]);
  });

  test("keras moves every group it may; the floor compares in float32", () => {
    const spec = specOf({ detector: "keras", patience: 1, factor: 0.5, min_lr: 0.1 });
    const seen = fold(spec, [1, 1, 1], [0.4, 0.1]);
    expect(seen.at(-1)?.lrs).toEqual([Math.fround(0.1), Math.fround(0.1)]);
  });

  test("GreedyLR does not judge during cooldown and warmup, but keeps smoothing", () => {
    const spec = specOf({
      ...{ detector: "greedy", patience: 0, factor: 0.5, cooldown: 1, warmup: 2, min_lr: 0, max_lr: 1 },
      ...{ smooth: true, window_size: 2 },
    });
    const seen = fold(spec, [4, 2, 2, 2, 8, 8, 8]);
    expect(seen.map(({ fired }) => fired)).toEqual(["raise", null, null, "raise", null, null, "reduce"]);
    expect(seen.map(({ evidence }) => evidence.value)).toEqual([4, 3, 2, 2, 5, 8, 8]);
  });

  test("a NaN stays in GreedyLR's running sum after it left the window", () => {
    const spec = specOf({ detector: "greedy", smooth: true, window_size: 1 });
    const seen = fold(spec, [1, Number.NaN, 1]);
    expect(seen.at(-1)?.state.counters).toMatchObject({ window: [1], window_sum: "NaN" });
  });
});

describe("refusals", () => {
  test.each([
    [[], "one or more"],
    [[Number.NaN], "finite"],
    [[0.1], "expected 1 min_lrs, got 2"],
  ])("base rates %j", (baseLrs, message) => {
    const spec = specOf({ detector: "torch", min_lr: [0, 0] });
    expect(() => initialState(spec, baseLrs)).toThrow(message);
  });

  test("GreedyLR's list of ceilings must fit too", () => {
    expect(() => initialState(specOf({ detector: "greedy", max_lr: [1, 1] }), [0.1])).toThrow("got 2");
  });

  test("a state of another rule", () => {
    const state = initialState(specOf({ detector: "torch" }), [0.1]);
    expect(() => observe(specOf({ detector: "timm" }), state, 1)).toThrow(
      "torch rule cannot go on with timm",
    );
  });

  test("a backtest reports what the library's constructor would raise, and throws the rest", () => {
    const uneven = { constructor: "ReduceLROnPlateau", config: { min_lr: [0, 0] } };
    expect(backtest(uneven, [1]).raises).toMatchObject({
      type: "ValueError",
      message: "expected 1 min_lrs, got 2",
    });
    expect(() => backtest({ detector: "torch", patience: "x" }, [1])).toThrow(
      "patience must be a finite number",
    );
  });
});

describe("backtest", () => {
  test("given rates win over the policy's, which win over 1", () => {
    const policy = {
      constructor: "ReduceLROnPlateau",
      config: { patience: 0, factor: 0.5 },
      base_lrs: [0.4],
    };
    expect(backtest(policy, [1, 1], [0.8]).lrs_after).toEqual([0.8, 0.4]);
    expect(backtest(policy, [1, 1]).lrs_after).toEqual([0.4, 0.2]);
    expect(backtest({ ...policy, base_lrs: undefined }, [1, 1]).lrs_after).toEqual([1, 0.5]);
  });

  test("no metrics: nothing happened", () => {
    expect(replay(specOf({ detector: "torch" }), [0.1], [])).toEqual({
      ...{ lrs_after: [], events: [], triggers: [], state: {} },
    });
  });
});

describe("isStateLike", () => {
  const spec = specOf({ detector: "torch" });
  const state = initialState(spec, [0.1]);
  const other = (change: object): unknown => JSON.parse(JSON.stringify({ ...state, ...change }));
  const counters = state.counters;

  test("a stored state is recognised, with any number of groups", () => {
    const states: DetectorState[] = ["torch", "timm", "keras", "optax", "greedy"].map((detector) =>
      initialState(specOf({ detector }), [0.1]),
    );
    for (const stored of states) expect(isStateLike(stored, JSON.parse(JSON.stringify(stored)))).toBe(true);
    expect(isStateLike(state, other({ lrs: [1, 2], base_lrs: [1, 2], best_step: 3 }))).toBe(true);
    expect(isStateLike(state, other({ counters: { ...counters, best: "NaN" } }))).toBe(true);
  });

  test.each([
    ["no object", null],
    ["a list", []],
    ["a missing field", other({ seen: undefined })],
    ["a field too many", other({ extra: 1 })],
    ["no number", other({ seen: "1" })],
    ["null where a number belongs", other({ seen: null })],
    ["an infinite counter", other({ counters: { ...counters, num_bad_epochs: "NaN" } })],
    ["no best", other({ counters: { ...counters, best: null } })],
    ["rates that are no numbers", other({ lrs: ["0.1"] })],
    ["another rule", other({ counters: { ...counters, rule: "timm" } })],
  ])("%s is refused", (_what, stored) => expect(isStateLike(state, stored)).toBe(false));
});
