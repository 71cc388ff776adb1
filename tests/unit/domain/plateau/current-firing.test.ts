import { expect, test } from "vitest";
import { newsOf } from "@/lib/domain/plateau/current-firing";
import { describeChange } from "@/lib/domain/plateau/describe-change";
import { describeLimits, mayFire } from "@/lib/domain/plateau/policy-limits";

const at = (step: number) => ({ step, check: step + 1 });
const none = { fired: [], lastStep: null };

test.each([
  ["nothing fired", [], 10, null, none, "none"],
  ["the newest value fired", [at(9)], 10, 2, { fired: [], lastStep: 8 }, "news"],
  ["fired a little earlier in the batch", [at(7)], 10, 2, { fired: [], lastStep: 5 }, "news"],
  ["long before the batch's end", [at(5)], 10, 2, { fired: [], lastStep: 4 }, "over"],
  ["and improved since", [at(8)], 10, 9, { fired: [], lastStep: 7 }, "over"],
  ["only the last of several counts", [at(3), at(9)], 10, 2, { fired: [], lastStep: 2 }, "news"],
  ["late data moved a firing", [at(7)], 10, 2, { fired: [8], lastStep: 9 }, "none"],
  ["late data moved it on", [at(9)], 10, 2, { fired: [8], lastStep: 9 }, "none"],
  ["late data show one more, still current", [at(5), at(8)], 10, 2, { fired: [5], lastStep: 9 }, "news"],
  ["late data show one more, long past", [at(2), at(4)], 10, 1, { fired: [2], lastStep: 9 }, "over"],
  ["late data show one before a known one", [at(3), at(8)], 10, 2, { fired: [8], lastStep: 9 }, "none"],
  ["a reset forgets the best", [at(9)], 10, null, { fired: [], lastStep: 8 }, "news"],
] as const)("%s", (_, firings, checks, bestStep, before, kind) => {
  expect(newsOf({ firings, checks, bestStep, patience: 2 }, before).kind).toBe(kind);
});

test("patience 0 still leaves a check's time", () => {
  const judged = { firings: [at(8)], bestStep: 2, patience: 0 };
  expect(newsOf({ ...judged, checks: 10 }, none).kind).toBe("news");
  expect(newsOf({ ...judged, checks: 11 }, none).kind).toBe("over");
});

test("limits, and what they are called", () => {
  expect(mayFire({}, 1, 0)).toBe(true);
  expect([3, 4].map((check) => mayFire({ warmup: 3 }, check, 99))).toEqual([false, true]);
  expect([4, 5].map((step) => mayFire({ not_before: 5 }, 99, step))).toEqual([false, true]);
  expect(describeLimits({ warmup: 1, not_before: 5, max_cuts: 1 })).toBe(
    "not in the first check, not before step 5, at most one cut",
  );
  expect(describeLimits({ warmup: 0, not_before: 0 })).toBe("");
});

test("a change names what differs, in a library's words too", () => {
  expect(describeChange({ metric: "a", patience: 3 }, { patience: 5, metric: "a", max_cuts: 2 })).toBe(
    "patience 3 → 5, max_cuts none → 2",
  );
  expect(describeChange({ config: { patience: 3, min_lr: [1, 2] } }, { config: { min_lr: [1, 3] } })).toBe(
    "patience 3 → none, min_lr [1,2] → [1,3]",
  );
  expect(describeChange({ a: null }, {})).toBe("");
});
