import { expect, test } from "vitest";
import { bestConvention, misfits, startingOffset } from "@/lib/domain/audit/conventions";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { LINE, logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const line = rateOf(LINE);
const stairs: DeclaredSchedule = { kind: "multi_step", peak: 1, milestones: [30, 60], gamma: 0.1 };

test.each([0, 1, -1])("what is logged at step s is the LR of step s + %i", (offset) => {
  const problem = problemFrom(
    LINE,
    logOf((step) => line(step + offset), 80),
  );
  expect(bestConvention(problem)).toMatchObject({ offset, off: [], worst: 0, worstFollowed: 0 });
  expect(startingOffset(problem)).toBe(offset);
});

test("two steps are no convention", () => {
  const problem = problemFrom(
    LINE,
    logOf((step) => line(step + 2), 80),
  );
  expect(bestConvention(problem).off.length).toBeGreaterThan(70);
});

test("at a jump a point may show either side, which no largest error tells of", () => {
  const at = rateOf(stairs);
  const log = logOf((step) => at(step === 30 ? 29 : step), 80);
  expect(bestConvention(problemFrom(stairs, log))).toMatchObject({ offset: 0, off: [], worst: 0.9 });
  const stray = logOf((step) => (step === 40 ? 0.02 : at(step)), 80);
  expect(bestConvention(problemFrom(stairs, stray))).toMatchObject({ off: [40], worstFollowed: 0 });
});

test("an epoch's one value may be the next epoch's or the one's before", () => {
  const perEpoch: DeclaredSchedule = { kind: "per_epoch", spec: LINE, steps_per_epoch: 10 };
  const at = rateOf(perEpoch);
  const everyEpoch = problemFrom(
    perEpoch,
    logOf((step) => at(step + 10), 30, 10),
    { unit: 10 },
  );
  expect(bestConvention(everyEpoch)).toMatchObject({ offset: 10, off: [] });
  const everyStep = problemFrom(
    perEpoch,
    logOf((step) => at(step + 10), 300),
    { unit: 10 },
  );
  expect(bestConvention(everyStep).off).not.toEqual([]);
});

test("all the points that are not as expected", () => {
  const problem = problemFrom(
    LINE,
    logOf((step) => (step % 10 === 3 ? 2 : line(step)), 30),
  );
  expect(misfits(problem, problem.expect(line), () => 1e-9)).toEqual([3, 13, 23]);
});
