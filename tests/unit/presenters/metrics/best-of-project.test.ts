import { expect, test } from "vitest";
import { againstBest } from "@/lib/presenters/metrics/best-of-project";
import { wireRun } from "@/tests/support/wire";

const run = (min: number | null, max: number | null = 1) =>
  wireRun({ summary: { "val/loss": { last: 1, min, max, step: 3 } } });
const LOSS = { key: "val/loss", mode: "min" } as const;

test.each([
  [run(0.13), run(0.1), "0.0300 (30 %) above"],
  [run(0.1), run(0.1), null],
  [run(0.09), run(0.1), "0.0100 (10 %) below"],
  [run(0.5), run(0), "0.5000 above"],
  [run(100.001), run(100), "0.0010 (under 0.01 %) above"],
])("%#: the distance and its share of the best", (own, best, distance) => {
  expect(againstBest(own, best, LOSS)?.distance).toBe(distance);
});

test("where more is better the largest value counts", () => {
  expect(againstBest(run(0, 0.6), run(0, 0.8), { ...LOSS, mode: "max" })?.distance).toBe(
    "0.2000 (25 %) below",
  );
});

test("nothing can be said without both values", () => {
  expect(againstBest(run(null), run(0.1), LOSS)).toBeNull();
  expect(againstBest(run(0.1), null, LOSS)).toBeNull();
  expect(againstBest(run(0.1), run(0.1), { ...LOSS, key: "gone" })).toBeNull();
});
