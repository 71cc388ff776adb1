import { describe, expect, test } from "vitest";
import { backtest } from "@/lib/domain/plateau/replay";

/** What tests/golden/README.md section 13 says of each rule in words, for parameters that the golden file lacks. */
const flat = (length: number, value = 1) => Array.from({ length }, () => value);
const gaps = (indices: readonly number[]) => new Set(indices.slice(1).map((index, i) => index - indices[i]!));

describe("on a constant metric", () => {
  test.each([
    ["torch", 3, 0, 4, 4],
    ["torch", 3, 2, 4, 6],
    ["torch", 0, 0, 1, 1],
    ["timm", 3, 2, 4, 6],
    ["keras", 3, 0, 3, 3],
    ["keras", 3, 1, 3, 3],
    ["keras", 3, 4, 3, 6],
    ["keras", 1, 0, 1, 1],
    ["keras", 0, 0, 1, 1],
    ["optax", 3, 0, 3, 3],
    ["optax", 3, 4, 3, 7],
    ["greedy", 3, 0, 4, 4],
    ["greedy", 3, 2, 4, 6],
  ])(
    "%s, patience %i, cooldown %i: first at %i, then every %i",
    (detector, patience, cooldown, first, period) => {
      const options = {
        patience,
        cooldown,
        ...(detector === "greedy" ? { min_lr: 0, reset_start: 1000 } : {}),
      };
      const { triggers } = backtest(
        { detector, mode: detector === "optax" ? undefined : "min", ...options },
        flat(40),
      );
      expect(triggers[0]).toBe(first);
      expect(gaps(triggers)).toEqual(new Set([period]));
    },
  );
});

describe("torch", () => {
  const torch = (options: object, metrics: number[], lrs = [0.1]) =>
    backtest({ detector: "torch", ...options }, metrics, lrs);

  test("an improvement must be strict, in every mode", () => {
    const cases = [
      [{ mode: "min", threshold: 0.5, threshold_mode: "rel" }, 1, 0.5, 0.25],
      [{ mode: "min", threshold: 0.25, threshold_mode: "abs" }, 1, 0.75, 0.5],
      [{ mode: "max", threshold: 0.5, threshold_mode: "rel" }, 1, 1.5, 1.75],
      [{ mode: "max", threshold: 0.25, threshold_mode: "abs" }, 1, 1.25, 1.5],
    ] as const;
    for (const [options, first, boundary, beyond] of cases) {
      expect(torch(options, [first, boundary, beyond]).state.best).toEqual([first, first, beyond]);
    }
  });

  test("a cooldown swallows bad checks, but best still moves", () => {
    const { state, triggers } = torch({ patience: 0, cooldown: 2 }, [1, 1, 0.5, 0.5, 0.5]);
    expect(triggers).toEqual([1, 4]);
    expect(state).toEqual({
      best: [1, 1, 0.5, 0.5, 0.5],
      num_bad_epochs: [0, 0, 0, 0, 0],
      cooldown_counter: [0, 2, 1, 0, 2],
    });
  });

  test("eps: a rate of 1e-8 or less is never cut, and the firing still counts", () => {
    const { lrs_after, triggers, events } = torch({ patience: 0 }, flat(3), [1e-8]);
    expect(lrs_after).toEqual([1e-8, 1e-8, 1e-8]);
    expect(triggers).toEqual([1, 2]);
    expect(events).toEqual([]);
  });

  test("groups have their own floors, and their own events", () => {
    const got = torch({ patience: 0, factor: 0.5, min_lr: [0, 0.25] }, flat(4), [1, 0.5]);
    expect(got.lrs_after_by_group).toEqual([
      [1, 0.5, 0.25, 0.125],
      [0.5, 0.25, 0.25, 0.25],
    ]);
    expect(got.events).toEqual([1, 2, 3]);
    expect(got.events_by_group).toEqual([[1, 2, 3], [1]]);
    expect(got.lrs_after).toBeUndefined();
  });

  test("a negative best with a relative threshold: the same value again is an improvement", () => {
    expect(torch({ patience: 0 }, flat(5, -1)).triggers).toEqual([]);
    expect(torch({ patience: 0, threshold_mode: "abs" }, flat(3, -1)).triggers).toEqual([1, 2]);
  });
});

describe("timm", () => {
  test("a warmup climbs linearly, hides the metric from the rule, and may come down too", () => {
    const policy = { detector: "timm", mode: "min", patience: 0, factor: 0.5, warmup_t: 2 };
    const up = backtest({ ...policy, warmup_lr_init: 0.25 }, flat(4), [0.75]);
    expect(up).toMatchObject({
      lr_initial: 0.25,
      lrs_after: [0.5, 0.75, 0.75, 0.375],
      events: [3],
      triggers: [3],
    });
    const down = backtest({ ...policy, warmup_lr_init: 1.25 }, flat(2), [0.75]);
    expect(down).toMatchObject({ lr_initial: 1.25, lrs_after: [1, 0.75], events: [0, 1], triggers: [] });
  });
});

describe("keras", () => {
  const keras = (options: object, metrics: (number | "NaN")[]) =>
    backtest({ detector: "keras", mode: "min", factor: 0.5, ...options }, metrics, [0.5]);

  test("rates are float32, from the start", () => {
    const { lrs_after } = backtest({ detector: "keras", mode: "min", patience: 1 }, flat(2), [0.1]);
    expect(lrs_after).toEqual([Math.fround(0.1), Math.fround(Math.fround(0.1) * 0.1)]);
  });

  test("the sign of min_delta does not matter", () => {
    const metrics = [1, 0.97, 1.05, 0.8, 0.85, 0.79];
    const positive = keras({ threshold: 0.1, patience: 2 }, metrics);
    expect(keras({ threshold: -0.1, patience: 2 }, metrics)).toEqual(positive);
    expect(positive.state.best).toEqual([1, 1, 1, 0.8, 0.8, 0.8]);
  });

  test("a difference that float32 cannot see is no improvement", () => {
    expect(keras({ threshold: 0, patience: 1 }, [1, 1 - 2 ** -26]).triggers).toEqual([1]);
    expect(keras({ threshold: 0, patience: 1 }, [1, 1 - 2 ** -24]).triggers).toEqual([]);
  });

  test("at the floor the wait grows and no cooldown starts", () => {
    const { state, triggers, events } = keras({ patience: 1, cooldown: 5, min_lr: 0.5 }, flat(4));
    expect({ triggers, events }).toEqual({ triggers: [1, 2, 3], events: [] });
    expect(state).toEqual({ best: [1, 1, 1, 1], wait: [0, 1, 2, 3], cooldown_counter: [0, 0, 0, 0] });
  });

  test("a NaN first metric is never beaten", () => {
    expect(keras({ patience: 2 }, ["NaN", 1, 0.5, 0.1]).state.best).toEqual(["NaN", "NaN", "NaN", "NaN"]);
  });
});

describe("optax", () => {
  const optax = (options: object, metrics: (number | "NaN")[]) =>
    backtest({ detector: "optax", factor: 0.5, ...options }, metrics, [2]);

  test("rates are base × scale", () =>
    expect(optax({ patience: 1 }, flat(3)).lrs_after).toEqual([2, 1, 0.5]));

  test("patience 0 cuts on improvements", () => {
    expect(optax({ patience: 0 }, [1, 1, 0.5]).triggers).toEqual([0, 2]);
  });

  test("min_scale holds the scale, and lifts it when it is above 1", () => {
    expect(optax({ patience: 1, min_scale: 0.5 }, flat(4)).lrs_after).toEqual([2, 1, 1, 1]);
    expect(optax({ patience: 1, min_scale: 1.5 }, flat(2)).lrs_after).toEqual([3, 3]);
  });

  test("a NaN spoils its window and no other", () => {
    const { state } = optax({ accumulation_size: 2, patience: 5 }, [1, "NaN", 3, 1]);
    expect(state.best_value).toEqual(["Infinity", "Infinity", "Infinity", 2]);
    expect(state.avg_value).toEqual([1, 0, 3, 0]);
    expect(state.plateau_count).toEqual([0, 1, 1, 0]);
  });

  test("float32 state rounds what it remembers", () => {
    expect(optax({ dtype: "float32" }, [0.1]).state.best_value).toEqual([Math.fround(0.1)]);
    expect(optax({ dtype: "float64" }, [0.1]).state.best_value).toEqual([0.1]);
  });
});

describe("greedy", () => {
  const greedy = (options: object, metrics: number[], lrs = [0.25]) =>
    backtest({ detector: "greedy", mode: "min", factor: 0.5, ...options }, metrics, lrs);

  test("raises stop at max_lr, cuts at min_lr", () => {
    const up = greedy({ patience: 0, max_lr: 0.75 }, [5, 4, 3, 2]);
    expect(up).toMatchObject({ lrs_after: [0.5, 0.75, 0.75, 0.75], increase_events: [0, 1], events: [] });
    const down = greedy({ patience: 0, max_lr: 0.25, min_lr: 0.1 }, flat(4));
    expect(down).toMatchObject({ lrs_after: [0.25, 0.125, 0.1, 0.1], increase_events: [], events: [1, 2] });
  });

  test("the reset waits until every group is at its floor, and a raise restarts its count", () => {
    const options = { patience: 0, min_lr: [0.125, 0.25], max_lr: [0.25, 0.5], reset_start: 2 };
    const { lrs_after_by_group, state } = greedy(options, [3, 3, 3, 2, 2, 2], [0.25, 0.5]);
    expect(lrs_after_by_group).toEqual([
      [0.25, 0.125, 0.25, 0.25, 0.125, 0.25],
      [0.5, 0.25, 0.5, 0.5, 0.25, 0.5],
    ]);
    expect(state.reset_start).toEqual([2, 1, 2, 2, 1, 2]);
    expect(state.best).toEqual([3, 3, "Infinity", 2, 2, "Infinity"]);
  });

  test("a reset with a cooldown cools down afterwards", () => {
    const { state } = greedy({ patience: 0, min_lr: 0.25, reset_start: 1, cooldown: 2 }, flat(4));
    expect(state.cooldown_counter).toEqual([0, 2, 1, 0]);
  });

  test("the default floor of 1e-3 is above many rates: the rule fires and nothing changes", () => {
    const { events, increase_events, triggers } = greedy({ patience: 1 }, flat(5), [1e-5]);
    expect({ events, increase_events, triggers }).toEqual({
      events: [],
      increase_events: [],
      triggers: [2, 4],
    });
  });
});
