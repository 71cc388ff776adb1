import { describe, expect, test } from "vitest";
import { fixes } from "@/lib/domain/audit/fixes";
import type { FindingCode, FindingParams } from "@/lib/domain/audit/report";
import { sentences } from "@/lib/domain/audit/sentences";
import { timeScaleSentence } from "@/lib/domain/audit/time-scale-sentence";
import { LINE, logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const problem = problemFrom(LINE, logOf(rateOf(LINE), 90));
const explanation = (code: FindingCode, params: FindingParams, from = 0) => ({ code, from, to: 89, params });

describe("what a finding says", () => {
  test("of a move that is no cut, at the very start too", () => {
    const params = { from_lr: 0.1, to_lr: 0.2, factor: 0.5 };
    const said = (from: number) => sentences(explanation("plateau_mismatch", params, from), problem).message;
    expect(said(0)).toMatch(
      /^The learning rate starts at 0.2 instead of 0.1, which is no cut of the declared rule/,
    );
    expect(said(5)).toMatch(/^At step 5 the learning rate went from 0.1 to 0.2, which is no cut/);
  });

  test.each<[FindingCode, FindingParams, string]>([
    [
      "parameter",
      { name: "gamma", declared: 0.1, fitted: 0.3, default: true },
      "with gamma = 0.3 instead of the default, 0.1.",
    ],
    [
      "parameter",
      { name: "T_max", declared: 9, fitted: 12, from_lr: 0.05 },
      "with T_max = 12 instead of 9, from the learning rate that it had reached, 0.05.",
    ],
    ["unjudged", {}, "The declared rule follows a metric, but not one that is declared"],
    ["unjudged", { monitor: "val/loss", factor: 0.5 }, "Every cut was by the declared factor, 0.5."],
    ["never_stepped", { lr: 0 }, "never moved from 0:"],
  ])("%s %j", (code, params, said) => {
    expect(sentences(explanation(code, params), problem).message).toContain(said);
  });

  test("and how to mend it", () => {
    expect(fixes(explanation("parameter", { name: "gamma", default: true }), null)).toMatch(/^Pass gamma/);
    expect(fixes(explanation("parameter", { name: "gamma" }), null)).toMatch(/^Set gamma/);
    expect(fixes(explanation("plateau_mismatch", { factor: 0.5 }), null)).toMatch(/declare the factor/);
  });

  test("a pace from a step on begins in the middle of a sentence", () => {
    const params = { N: 2, cadence: "several", since: 40 };
    expect(timeScaleSentence(explanation("time_scale", params, 40), problem)).toMatch(
      /^From step 40 on the schedule/,
    );
    expect(timeScaleSentence(explanation("time_scale", { N: 2, cadence: "several" }), problem)).toContain(
      "end of its schedule at step 50 instead of 100",
    );
  });
});
