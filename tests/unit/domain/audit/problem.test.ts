import { expect, test } from "vitest";
import { firstMisfit, fits, narrowed, stepAt, throughout } from "@/lib/domain/audit/problem";
import { LINE, logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const line = rateOf(LINE);
const exact = () => 1e-9;

test("a problem knows its points, how high they go, and where to look", () => {
  const problem = problemFrom(LINE, logOf(line, 20, 5));
  expect(throughout(problem)).toEqual({ from: 0, to: 95 });
  expect([problem.peak, problem.perStep, problem.grid.length]).toEqual([1, 1, 102]);
  expect(stepAt(narrowed(problem, [3, 7]), 1)).toBe(35);
  expect(fits(problem, problem.expect(line), exact)).toBe(true);
});

test("the first point that is not as expected, but for those beside a change", () => {
  const log = logOf((step) => (step < 30 ? line(step) : 0.5 * line(step)), 60);
  const problem = problemFrom(LINE, log);
  expect(firstMisfit(problem, problem.expect(line), exact)).toBe(30);
  const cut = { changes: [{ step: 30, kind: "scale" as const, value: 0.5 }] };
  const asked = problemFrom(LINE, log, cut);
  expect(fits(asked, asked.expect(line), exact)).toBe(true);
  expect(asked.masked.flatMap((near, i) => (near ? [i] : []))).toEqual([29, 30, 31]);
  expect(asked.expectOne(40, 1)).toBe(0.5);
});

test("twelve million formulas are left for other schedules, and as many for those of stretches", () => {
  const { tries, triesInStretches } = problemFrom(LINE, logOf(line, 5));
  for (const left of [tries, triesInStretches])
    expect([left.spend(11_999_999), left.spend(2), left.spend(1)]).toEqual([true, false, true]);
});
