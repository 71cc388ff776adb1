import { expect, test } from "vitest";
import {
  gridUpTo,
  intersection,
  nearestToZero,
  placesWhere,
  type Side,
  without,
} from "@/lib/domain/audit/intervals";

test("a grid has every position of a short schedule, and 1024 gaps in a long one", () => {
  expect(gridUpTo(1023)).toEqual(Array.from({ length: 1024 }, (_, i) => i));
  const long = gridUpTo(1e6);
  expect([long.length, long[0], long.at(-1)]).toEqual([1025, 0, 1e6]);
  expect(gridUpTo(12, 10)).toEqual([10, 11, 12]);
  expect(gridUpTo(2 ** 53, 2 ** 53 - 400, 4)).toHaveLength(5);
});

const sideOf =
  (at: (x: number) => number, value: number) =>
  (x: number): Side =>
    at(x) === value ? 0 : at(x) < value ? -1 : 1;

test("places are found between the positions looked at, and of many the first 64", () => {
  const tent = (x: number) => Math.min(x, 1000 - x);
  expect(placesWhere(sideOf(tent, 300), gridUpTo(1000, 0, 7))).toEqual([
    { from: 300, to: 300 },
    { from: 700, to: 700 },
  ]);
  const stairs = (x: number) => Math.floor(x / 100);
  expect(placesWhere(sideOf(stairs, 4), gridUpTo(1000, 0, 10))).toEqual([{ from: 400, to: 499 }]);
  const wave = (x: number) => x % 2;
  expect(placesWhere(sideOf(wave, 1), gridUpTo(1000))).toHaveLength(64);
  expect(placesWhere(sideOf(stairs, 2.5), gridUpTo(1000, 0, 10))).toEqual([]);
});

test("intervals meet, lose a number, and have one nearest to zero", () => {
  const some = [
    { from: -9, to: -4 },
    { from: 5, to: 20 },
  ];
  expect(intersection(some, [{ from: -5, to: 6 }])).toEqual([
    { from: -5, to: -4 },
    { from: 5, to: 6 },
  ]);
  expect(without([{ from: 5, to: 7 }], 6)).toEqual([
    { from: 5, to: 5 },
    { from: 7, to: 7 },
  ]);
  expect(without([{ from: 5, to: 5 }], 5)).toEqual([]);
  expect([nearestToZero(some, 1), nearestToZero(some, 10), nearestToZero([], 1)]).toEqual([-4, 10, null]);
  expect(nearestToZero([{ from: 3, to: 4 }], 5)).toBeNull();
});
