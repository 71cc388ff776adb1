import { describe, expect, test } from "vitest";
import { sameLr } from "@/lib/domain/control/same-lr";
import { checkExpectedLr, targetLr } from "@/lib/domain/control/target";
import { verifyLrs } from "@/lib/domain/control/verify";

describe("sameLr", () => {
  test.each([
    [0.1, Math.fround(0.1), true],
    [1e-12, Math.fround(1e-12), true],
    [0.1, 0.1 * (1 + 0.9e-6), true],
    [0.1, 0.1 * (1 + 1.1e-6), false],
    [0, 0, true],
    [0, 1e-30, false],
    [0.1, -0.1, false],
    [Number.NaN, Number.NaN, false],
    [Number.POSITIVE_INFINITY, 1, false],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false],
  ])("%d and %d: %s", (a, b, same) => {
    expect(sameLr(a, b)).toBe(same);
    expect(sameLr(b, a)).toBe(same);
  });
});

describe("verifyLrs", () => {
  test.each([
    ["as the job said", { applied: 0.05, effective: null }, [Math.fround(0.05)], "verified", [0]],
    ["as the schedule leads to", { applied: 0.05, effective: [0.04] }, [0.04], "verified", [0]],
    ["as before", { applied: 0.05, effective: null }, [0.1], "contradicted", [0]],
    ["something else", { applied: 0.05, effective: [0.05] }, [0.07], "unknown", undefined],
    ["nothing", { applied: 0.05, effective: null }, [], "unknown", undefined],
    ["not a number", { applied: 0.05, effective: null }, [Number.NaN], "unknown", undefined],
    ["nothing to compare with", { applied: null, effective: null }, [0.05], "unknown", undefined],
    ["every group", { applied: [0.05, 0.5], effective: null }, [0.05, 0.5], "verified", [0, 1]],
    ["one group of two", { applied: [0.05, 0.5], effective: null }, [undefined, 0.5], "verified", [1]],
    [
      "groups the other way round",
      { applied: [0.05, 0.5], effective: null },
      [0.5, 0.05],
      "unknown",
      undefined,
    ],
    ["one group left behind", { applied: [0.05, 0.5], effective: null }, [0.05, 1], "contradicted", [1]],
  ] as const)("%s", (_, claim, logged, verdict, groups) => {
    const result = verifyLrs({ ...claim, before: [0.1, 1] }, logged);
    expect(result).toEqual(groups ? { verdict, groups: [...groups] } : { verdict });
  });

  test("a request for one group is judged by that group's log alone", () => {
    const claim = { applied: [0.1, 0.5], effective: null, before: [0.1, 1], group: 1 };
    expect(verifyLrs(claim, [0.1])).toEqual({ verdict: "unknown" });
    expect(verifyLrs(claim, [9, 0.5])).toEqual({ verdict: "verified", groups: [1] });
    expect(verifyLrs(claim, [0.1, 1])).toEqual({ verdict: "contradicted", groups: [1] });
    expect(verifyLrs({ ...claim, applied: 0.5 }, [0.1, 0.5])).toEqual({ verdict: "verified", groups: [1] });
  });
});

describe("checkExpectedLr", () => {
  test.each([
    [0.1, Math.fround(0.1), "met"],
    [0.1, 0.05, "violated"],
    [undefined, 0.05, "unknown"],
    [0.1, null, "unknown"],
    [[0.1, 0.2], [0.1, 0.3], "violated"],
  ] as const)("expected %j, current %j: %s", (expected, current, verdict) => {
    expect(checkExpectedLr(expected, current)).toBe(verdict);
  });

  test("only the named group counts", () => expect(checkExpectedLr([9, 0.2], [0.1, 0.2], 1)).toBe("met"));
});

describe("targetLr", () => {
  const half = { kind: "scale_lr", factor: 0.5 } as const;

  test.each([
    [0.1, half, 0, undefined, 0.05],
    [0.1, half, 0.08, undefined, 0.08],
    [0.05, half, 0.08, undefined, 0.05],
    [[0.4, 0.2], half, 0, undefined, [0.2, 0.1]],
    [[0.4, 0.2], half, [0.3, 0], undefined, [0.3, 0.1]],
    [[0.4, 0.2], half, 0, 1, [0.4, 0.1]],
    [[0.4, 0.2], half, [0.3], 1, [0.4, 0.1]],
    [0.1, { kind: "scale_lr", factor: 2 }, 0, undefined, 0.2],
    [0.1, { kind: "set_lr", lr: 0.03 }, 0, undefined, 0.03],
    [0.1, { kind: "set_lr", lr: 0.03 }, 0.05, undefined, 0.05],
    [[0.1, 0.2], { kind: "set_lr", lr: 0.03 }, 0, undefined, [0.03, 0.03]],
    [0.1, { kind: "set_lr", lr: 0.3 }, 0, undefined, 0.3],
  ] as const)("current %j, %j, floor %j, group %j → %j", (current, request, minLr, group, target) => {
    expect(targetLr(current, request, minLr, group)).toEqual(target);
  });
});
