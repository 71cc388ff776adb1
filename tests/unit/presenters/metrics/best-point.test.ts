import { expect, test } from "vitest";
import { bestPoint } from "@/lib/presenters/metrics/best-point";

const summary = {
  key: "val/loss",
  count: 9,
  first_step: 0,
  last_step: 90,
  last: 0.5,
  min: 0.1,
  min_step: 40,
  max: 2,
  max_step: 10,
  nan: 0,
  pos_inf: 0,
  neg_inf: 0,
};

test.each([
  ["min", { value: 0.1, step: 40, ago: 50 }],
  ["max", { value: 2, step: 10, ago: 80 }],
] as const)("the best by %s is what was logged, where, and how long ago", (mode, best) => {
  expect(bestPoint(summary, mode)).toEqual(best);
});

test("without a finite value there is none", () => {
  expect(bestPoint({ ...summary, min: null, min_step: null }, "min")).toBeNull();
});
