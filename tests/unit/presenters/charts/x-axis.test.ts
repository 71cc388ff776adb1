import { expect, test } from "vitest";
import { xAxis } from "@/lib/presenters/charts/x-axis";

test("the axis ends where it is told to", () => {
  expect(xAxis("step", 3, 12, 400)).toMatchObject({ min: 3, max: 12 });
});

test.each<[number, number, number, string[]]>([
  [0, 1199, 600, ["0", "200", "400", "600", "800", "1000", "1199"]],
  [0, 1010, 600, ["0", "200", "400", "600", "800", "1010"]],
  [0, 1080, 600, ["0", "200", "400", "600", "800", "1080"]],
  [0, 1090, 600, ["0", "200", "400", "600", "800", "1000", "1090"]],
  [0, 1_234_567, 400, ["0", "0.5M", "1M", "1.235M"]],
  [0, 10.5, 600, ["0", "2", "4", "6", "8", "10"]],
])("from %d to %d over %d pixels the last label is the last step's", (min, max, width, labels) => {
  expect(xAxis("step", min, max, width).ticks.map(({ label }) => label)).toEqual(labels);
});

test("a single place stands in the middle, under its own number alone", () => {
  const axis = xAxis("step", 7, 7, 400);
  expect([axis.min, axis.max]).toEqual([6.5, 7.5]);
  expect(axis.ticks.map(({ value }) => value)).toEqual([7]);
});
