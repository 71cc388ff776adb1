import { describe, expect, test } from "vitest";
import { sameLr } from "@/lib/domain/control/same-lr";
import { checkExpectedLr, targetLr } from "@/lib/domain/control/target";
import { verifyLr } from "@/lib/domain/control/verify";

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

describe("verifyLr", () => {
  test.each([
    [0.01, Math.fround(0.01), undefined, "confirmed"],
    [0.01, 0.1, undefined, "contradicted"],
    [0.01, null, undefined, "unknown"],
    [undefined, 0.1, undefined, "unknown"],
    [0.01, Number.NaN, undefined, "unknown"],
    [0.01, [0.01, 0.01], undefined, "confirmed"],
    [0.01, [0.01, 0.02], undefined, "contradicted"],
    [0.01, [0.01, 0.02], 0, "confirmed"],
    [0.02, [0.01, 0.02], 1, "confirmed"],
    [[0.01, 0.02], [0.01, 0.02], undefined, "confirmed"],
    [[0.01, 0.02], [0.02, 0.01], undefined, "contradicted"],
    [[0.01, 0.02], [0.09, 0.02], 1, "confirmed"],
    [[0.01, 0.02], 0.01, undefined, "confirmed"],
    [[0.01, 0.02], 0.02, 1, "unknown"],
    [[0.01, 0.02, 0.03], [0.01, 0.02], undefined, "unknown"],
    [0.01, [], undefined, "unknown"],
  ] as const)("expected %j, logged %j, group %j: %s", (expected, logged, group, verdict) => {
    expect(verifyLr(expected, logged, group)).toBe(verdict);
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
