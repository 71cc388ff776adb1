import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { median } from "@/lib/domain/stats/median";
import { midRanks } from "@/lib/domain/stats/mid-ranks";
import { select } from "@/lib/domain/stats/select";
import { slidingMedian } from "@/lib/domain/stats/sliding-median";
import { sortCounting } from "@/lib/domain/stats/sort-counting";

/** With many ties, and with the largest and the smallest doubles. */
const values = fc.array(
  fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })).map((value) => value + 0),
  { minLength: 1, maxLength: 80 },
);
const sorted = (list: readonly number[]) => [...list].sort((a, b) => (a < b ? -1 : Number(a > b)));

test.prop([values])("sorting counts the pairs that fall", (list) => {
  let falling = 0;
  list.forEach((earlier, i) => list.slice(i + 1).forEach((later) => (falling += Number(later < earlier))));
  const found = [...list];
  expect(sortCounting(found)).toBe(falling);
  expect(found).toEqual(sorted(list));
});

test.prop([values, fc.nat(), fc.nat()])("a value of a rank, and then one of a higher rank", (list, a, b) => {
  const [low = 0, high = 0] = [a % list.length, b % list.length].sort((x, y) => x - y);
  const found = [...list];
  expect(select(found, low)).toBe(sorted(list)[low]);
  expect(select(found, high, low)).toBe(sorted(list)[high]);
});

test.prop([
  fc.array(fc.double({ min: -5, max: 5, noNaN: true })),
  fc.integer({ min: -9, max: 4 }),
  fc.nat(9),
])("a sliding median is the median of each window", (list, from, length) => {
  const to = from + length;
  const windows = list.map((_, i) => list.slice(Math.max(0, i + from), Math.max(0, i + to + 1)));
  expect(slidingMedian(list, from, to)).toEqual(windows.map(median));
});

test("no order makes a selection slow: values that mislead every choice of a pivot are sorted in the end", () => {
  const reads = { count: 0 };
  // Organ pipes: the middle of the first, the middle and the last is among the smallest each time.
  const n = 4096;
  const pipes = Array.from({ length: n }, (_, i) => (i < n / 2 ? i : n - 1 - i));
  const counted = new Proxy(pipes, {
    get(target, key, receiver) {
      if (typeof key === "string" && /^\d+$/.test(key)) reads.count += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  expect(select(counted, n - 1)).toBe(n / 2 - 1);
  expect(reads.count).toBeLessThan(60 * n);
});

test.prop([
  fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity, -0))),
])("ranks share what is equal, NaN last", (list) => {
  const below = (a: number, b: number) => a < b || (Number.isNaN(b) && !Number.isNaN(a));
  const rank = (value: number) =>
    list.filter((other) => below(other, value)).length +
    (list.filter((other) => !below(other, value) && !below(value, other)).length + 1) / 2;
  expect(midRanks(list)).toEqual(list.map(rank));
});
