import { expect, test } from "vitest";
import { defaultLrScale } from "@/lib/presenters/charts/lr-scale";
import { point } from "./fixtures";

const runs = (...peaks: number[]) =>
  peaks.map((peak, i) => ({
    run_id: `r${i}`,
    key: "lr",
    level: 0,
    points: [point(0, 0), point(1, peak), point(2, 0)],
  }));

test.each([
  [[], "linear"],
  [[0.1], "linear"],
  [[0.1, 0.1, 0.9], "linear"],
  [[0.1, 0.1, 1.1], "log"],
  [[0.1, 0.9, 1.1], "linear"],
  [[0.01, 0.11], "log"],
  [[0, 0, 0.1, 0.1], "linear"],
])("peaks of %j are drawn on a %s axis", (peaks, scale) => {
  expect(defaultLrScale(runs(...peaks), "lr")).toBe(scale);
});

test("other metrics do not count", () => {
  const others = runs(100).map((one) => ({ ...one, key: "loss" }));
  expect(defaultLrScale([...runs(0.1, 0.1), ...others], "lr")).toBe("linear");
});
