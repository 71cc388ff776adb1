import { expect, test } from "vitest";
import { along, widened, type PlacedAxis } from "@/components/charts/stage";

const linear: PlacedAxis = { log: false, min: 10, max: 20, from: 40, to: 240 };
const log: PlacedAxis = { log: true, min: 0.01, max: 1, from: 300, to: 100 };

test("a value stands where its share of the axis is; on a log axis its share of the powers", () => {
  expect([10, 15, 20, 25].map(along(linear))).toEqual([40, 140, 240, 340]);
  expect(along(log)(0.1)).toBeCloseTo(200, 9);
  expect(along(log)(10)).toBeCloseTo(0, 9);
});

test("what a log axis cannot hold leaves at its lower end", () => {
  expect([0, -1].map(along(log))).toEqual([300, 300]);
});

test("a longer axis shows every value where the shorter one does", () => {
  for (const axis of [linear, log]) {
    const long = widened(axis, 0.5);
    expect(Math.abs(long.to - long.from)).toBeCloseTo(2 * Math.abs(axis.to - axis.from), 9);
    for (const value of [axis.min, axis.max, Math.sqrt(axis.min * axis.max)])
      expect(along(long)(value)).toBeCloseTo(along(axis)(value), 9);
    expect(along(axis)(long.max)).toBeCloseTo(long.to, 9);
  }
});
