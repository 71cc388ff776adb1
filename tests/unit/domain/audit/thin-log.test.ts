import { expect, test } from "vitest";
import { thinLog } from "@/lib/domain/audit/thin-log";
import { logOf } from "@/tests/support/audit-problem";

const flat = () => 1;
const stepsOf = (lr: (step: number) => number, points: number, declared = lr) =>
  thinLog(logOf(lr, points), declared).map(({ step }) => step);

test("1200 points are all looked at, of more about so many", () => {
  expect(stepsOf(flat, 1200)).toHaveLength(1200);
  expect(stepsOf(flat, 1201).length).toBeLessThan(700);
  expect(stepsOf(flat, 100_000).length).toBeGreaterThan(500);
});

test("both sides of a jump are kept, of a smaller move not", () => {
  const jump = (by: number) => (step: number) => (step < 1234 ? 1 : 1 + by);
  expect(stepsOf(jump(0.03), 5000)).toEqual(expect.arrayContaining([1233, 1234]));
  expect(stepsOf(jump(0.015), 5000)).not.toEqual(expect.arrayContaining([1233, 1234]));
});

test("so are both sides of where the log parts from its schedule, unless it does everywhere", () => {
  const stairs = (step: number) => (step < 1234 ? 1 : 0.1);
  expect(stepsOf(flat, 5000, stairs)).toEqual(expect.arrayContaining([1233, 1234]));
  const noise = (step: number) => 1 + ((step * 7919) % 100) / 100;
  expect(stepsOf(noise, 5000, flat).length).toBeLessThan(700);
});
