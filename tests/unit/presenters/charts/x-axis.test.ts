import { expect, test } from "vitest";
import { xAxis } from "@/lib/presenters/charts/x-axis";

test("the axis ends where it is told to", () => {
  expect(xAxis("step", 3, 12, 400)).toMatchObject({ min: 3, max: 12 });
});

test("a single place stands in the middle, under its own number alone", () => {
  const axis = xAxis("step", 7, 7, 400);
  expect([axis.min, axis.max]).toEqual([6.5, 7.5]);
  expect(axis.ticks.map(({ value }) => value)).toEqual([7]);
});
