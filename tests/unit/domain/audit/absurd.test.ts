import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { sharedPeak } from "@/lib/domain/audit/peak";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { logOf, rateOf } from "@/tests/support/audit-problem";

const COS: DeclaredSchedule = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 };
const cos = rateOf(COS);
const audit = (declared: DeclaredSchedule, lr: (step: number) => number) =>
  auditLr({ log: logOf(lr, 100), declared, compiled: compileDeclared(declared) });

describe("one absurd LR", () => {
  const once = (lr: (step: number) => number) => (step: number) => (step === 50 ? 1e5 : lr(step));

  test("hides nothing, and is nothing", () => {
    expect(
      audit(
        COS,
        once(() => 0.1),
      ).verdict,
    ).toBe("drift");
    expect(audit(COS, once(cos))).toMatchObject({ verdict: "match", findings: [] });
  });

  test("two of eight, a hundred times the others, are no measure for them", () => {
    const among = (n: number, absurd: number[]) =>
      sharedPeak([1e9], [...Array.from({ length: n }, () => 1), ...absurd]);
    expect([
      among(6, [101, 101]),
      among(6, [100, 101]),
      among(5, [101, 101]),
      among(5, [101, 101, 101]),
    ]).toEqual([1, 100, 101, 101]);
  });

  test("of the declared and the logged LRs the smaller are the measure, unless they are 0", () => {
    expect([sharedPeak([2, Infinity], [3]), sharedPeak([3], [2]), sharedPeak([0], [2])]).toEqual([2, 2, 2]);
  });
});

describe("a declared curve beyond all measure", () => {
  test("makes no dust of what was logged", () => {
    const declared: DeclaredSchedule = { kind: "exponential", peak: 1e-4, gamma: 1.5 };
    expect(audit(declared, (step) => 1e-4 * 0.97 ** step)).toMatchObject({
      verdict: "drift",
      findings: [{ code: "parameter", params: { name: "gamma", fitted: 0.97 } }],
    });
  });

  test("that is infinite is followed by nothing", () => {
    const declared: DeclaredSchedule = {
      library: "torch",
      constructor: "ExponentialLR",
      kwargs: { gamma: 1e308 },
      base_lrs: [0.1],
    };
    expect(audit(declared, (step) => 0.1 * 0.9 ** step)).toMatchObject({
      verdict: "drift",
      max_relative_error: 1,
    });
  });
});
