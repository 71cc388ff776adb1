import { describe, expect, test } from "vitest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import {
  commandOf,
  dependsOnRates,
  fittingRates,
  obeyed,
  placeholderRates,
} from "@/lib/domain/plateau/lr-command";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { promptOnly } from "@/lib/domain/plateau/current-firing";

const specOf = (policy: object) => normalisePolicy({ mode: "min", ...policy }).spec;

/** The commands of a rule on some values; `rates` absent: not known. */
function commands(policy: object, values: readonly number[], rates?: number[]) {
  const spec = specOf(policy);
  let state = initialState(spec, rates ?? placeholderRates(spec));
  return values.map((value) => {
    const seen = observe(spec, state, value);
    const command = commandOf(spec, state, seen, rates !== undefined);
    state = seen.state;
    return command;
  });
}

describe("what a rule does to the LR", () => {
  test("a cut, where it fires", () => {
    expect(commands({ detector: "torch", patience: 1, factor: 0.5 }, [1, 1, 1])).toEqual([
      null,
      null,
      { kind: "reduce", factor: 0.5 },
    ]);
  });

  test("optax cuts by what its scale really falls", () => {
    const policy = { detector: "optax", patience: 1, factor: 0.5, min_scale: 0.4 };
    expect(commands(policy, [1, 1, 1, 1])).toEqual(
      [
        null,
        { kind: "reduce", factor: 0.5 },
        { kind: "reduce", factor: 0.8 },
        { kind: "reduce", factor: 1 },
      ].map((command) =>
        command?.factor === 0.8 ? { kind: "reduce", factor: expect.closeTo(0.8, 6) } : command,
      ),
    );
  });

  test("timm's warmup sets the rates, where they are known", () => {
    const policy = { detector: "timm", patience: 5, warmup_t: 2, warmup_lr_init: 0 };
    expect(commands(policy, [1, 1, 1], [0.4])).toEqual([
      { kind: "set", lrs: [0.2] },
      { kind: "set", lrs: [0.4] },
      null,
    ]);
    expect(commands(policy, [1, 1, 1])).toEqual([null, null, null]);
  });

  test("GreedyLR raises, and goes back to where it began", () => {
    const policy = { detector: "greedy", patience: 0, factor: 0.5, min_lr: 0.1, max_lr: 1, reset_start: 1 };
    expect(commands(policy, [3, 2], [0.2])[1]).toEqual({ kind: "raise", factor: 2 });
    expect(commands(policy, [1, 2, 2], [0.2]).at(-1)).toMatchObject({ kind: "set", lrs: [0.2] });
  });
});

describe("what an optimizer makes of it", () => {
  const cut = { kind: "reduce", factor: 0.5 } as const;
  test.each<[object, number[], number[]]>([
    [{ detector: "torch", factor: 0.5, min_lr: [0.09, 0], eps: 1e-8 }, [0.1, 0.1], [0.09, 0.05]],
    [{ detector: "torch", factor: 0.5 }, [1e-8, 3e-8], [1e-8, 1.5e-8]],
    [{ detector: "keras", factor: 0.5, min_lr: 0.25 }, [0.25], [0.25]],
    [{ detector: "keras", factor: 0.5, min_lr: 0.25 }, [0.3], [0.25]],
    [{ detector: "optax", factor: 0.5, min_lr: 0.2 }, [0.3, 0.1], [0.2, 0.1]],
    [{ detector: "trend", factor: 0.5 }, [0.3], [0.15]],
  ])("%j cuts %j to %j", (policy, before, after) => {
    expect(obeyed(specOf(policy), cut, before)).toEqual(after);
  });

  test("a raise stops at max_lr", () => {
    const spec = specOf({ detector: "greedy", max_lr: 1 });
    expect(obeyed(spec, { kind: "raise", factor: 2 }, [0.9, 1])).toEqual([0.9 / 0.95, 1]);
  });

  test("what is set, or scaled", () => {
    const spec = specOf({ detector: "torch" });
    expect(obeyed(spec, { kind: "set", lrs: [0.3] }, [0.1, 0.2])).toEqual([0.3, 0.2]);
    expect(obeyed(spec, { kind: "scale", factor: 3 }, [0.1])).toEqual([0.30000000000000004]);
  });
});

test("rates fit where there is one for each group that the arguments name, all above 0", () => {
  const two = specOf({ detector: "torch", min_lr: [0, 0.1] });
  expect(placeholderRates(two)).toEqual([1, 1]);
  expect(fittingRates(two, [0.1])).toBeNull();
  expect(fittingRates(two, [0.1, 0.2])).toEqual([0.1, 0.2]);
  expect(fittingRates(specOf({ detector: "keras" }), [0.1, 0])).toBeNull();
  expect(fittingRates(specOf({ detector: "keras" }), null)).toBeNull();
});

test("only rules that look at the LR hang on it", () => {
  const rules = ["torch", "keras", "optax", "greedy", "trend", "timm"];
  expect(rules.filter((detector) => dependsOnRates(specOf({ detector })))).toEqual(["keras", "greedy"]);
  expect(dependsOnRates(specOf({ detector: "timm", warmup_t: 1 }))).toBe(true);
});

test("the last minute before the last value speaks about now", () => {
  const at = (time: number) => ({ time });
  expect(promptOnly([at(39), at(40), at(100)], 100)).toEqual([at(40), at(100)]);
});
