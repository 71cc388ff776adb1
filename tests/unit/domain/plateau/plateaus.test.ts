import { expect, test } from "vitest";
import { plateausOf, withEnd } from "@/lib/domain/plateau/plateaus";

const fired = (step: number, since_step: number | null, more: object = {}) => ({
  ...{ step, since_step, message: `fired at ${step}`, checks: step - (since_step ?? 0) },
  ...more,
});

test("all firings since the same best value are one plateau, which the last of them describes", () => {
  const found = plateausOf([fired(4, 1), fired(7, 1), fired(20, 12)], {
    bestStep: 30,
    lastStep: 40,
    checks: 10,
  });
  expect(found).toEqual([
    { from_step: 1, to_step: 7, checks: 6, message: "fired at 7", fired: [4, 7] },
    { from_step: 12, to_step: 20, checks: 8, message: "fired at 20", fired: [20] },
  ]);
});

test("the last one goes on while nothing improves", () => {
  const now = { bestStep: 1, lastStep: 40, checks: 39 };
  expect(plateausOf([fired(4, 1), fired(7, 1)], now)).toMatchObject([
    { from_step: 1, to_step: 40, checks: 39 },
  ]);
});

test("one that has ended reaches to the improvement, and no further", () => {
  const last = withEnd(fired(7, 1), 1, { step: 9, checks: 8 });
  expect(withEnd(last, 1, { step: 20, checks: 19 })).toEqual(last);
  expect(withEnd(last, 12, { step: 20, checks: 8 })).toEqual(last);
  const ended = [fired(4, 1), last];
  const now = { bestStep: 10, lastStep: 30, checks: 20 };
  expect(plateausOf(ended, now)).toMatchObject([{ from_step: 1, to_step: 9, checks: 8 }]);
});

test("without any best value it begins where it first fired", () => {
  const now = { bestStep: null, lastStep: 9, checks: 9 };
  expect(plateausOf([fired(4, null), fired(7, null)], now)).toMatchObject([{ from_step: 4, to_step: 9 }]);
});

test("a raise is no plateau, and parts none", () => {
  const now = { bestStep: 9, lastStep: 9, checks: 0 };
  expect(plateausOf([fired(4, 3, { raises: true })], now)).toEqual([]);
});

test("firings from before checks were counted have none", () => {
  const old = { step: 4, since_step: 1, message: "old" };
  expect(plateausOf([old], { bestStep: 8, lastStep: 9, checks: 1 })).toMatchObject([{ checks: null }]);
});
