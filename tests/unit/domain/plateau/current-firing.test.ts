import { expect, test } from "vitest";
import { newsOf } from "@/lib/domain/plateau/current-firing";
import { describeChange } from "@/lib/domain/plateau/describe-change";
import { describeLimits, mayFire } from "@/lib/domain/plateau/policy-limits";

test.each([
  ["nothing fired", [], null, { fired: [], lastStep: null }, "none"],
  ["the newest value fired", [9], 2, { fired: [], lastStep: 8 }, "news"],
  ["fired earlier in a batch of many checks", [5], 2, { fired: [], lastStep: 4 }, "news"],
  ["and improved since", [8], 9, { fired: [], lastStep: 7 }, "over"],
  ["only the last of several counts", [3, 9], 2, { fired: [], lastStep: 2 }, "news"],
  ["late data moved a firing", [7], 2, { fired: [8], lastStep: 9 }, "none"],
  ["late data moved it on", [9], 2, { fired: [8], lastStep: 9 }, "none"],
  ["late data show one more", [5, 8], 2, { fired: [5], lastStep: 9 }, "news"],
  ["late data show one more, and an improvement since", [2, 4], 6, { fired: [2], lastStep: 9 }, "over"],
  ["late data show one before a known one", [3, 8], 2, { fired: [8], lastStep: 9 }, "none"],
  ["a reset forgets the best", [9], null, { fired: [], lastStep: 8 }, "news"],
] as const)("%s", (_, firings, bestStep, before, kind) => {
  const { fired, lastStep } = before;
  const judged = { lastFired: firings.at(-1) ?? null, count: firings.length, bestStep };
  const known = { lastFired: fired.at(-1) ?? null, count: fired.length, lastStep };
  expect(newsOf(judged, known).kind).toBe(kind);
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
