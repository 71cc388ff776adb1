import { describe, expect, test } from "vitest";
import { bucketOf, mergeAll } from "@/lib/domain/metrics/rollup";
import { arrivalTime, columnsOf } from "@/lib/server/metrics/columns";
import { lrSumAxis } from "@/lib/server/metrics/lr-sum";

const bucket = (step: number, value: number, width = 1) =>
  mergeAll(
    Array.from({ length: width }, (_, i) => bucketOf({ step: step + i, time: 0, value, epoch: null })),
  )!;

describe("columns", () => {
  test("one a metric, in step order, with the point that each value came with", () => {
    const columns = columnsOf(
      [
        { step: 2, time: 5, metrics: { a: 1, b: "NaN" } },
        { step: 1, epoch: 0.5, time: 6, metrics: { a: 2 } },
      ],
      100,
    );
    expect([...columns.keys()]).toEqual(["a", "b"]);
    expect(columns.get("a")).toEqual([
      { step: 1, time: 6, value: 2, epoch: 0.5, point: 1, timed: true },
      { step: 2, time: 5, value: 1, epoch: null, point: 0, timed: true },
    ]);
  });

  test("points without a time arrive one after the other", () => {
    const rows = columnsOf(
      [1, 2, 3].map((a) => ({ step: 0, metrics: { a } })),
      100,
    ).get("a")!;
    expect(rows.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(rows[0]!.time).toBe(100);
    expect(rows[1]!.time).toBeGreaterThan(100);
    expect(rows[2]!.time).toBeGreaterThan(rows[1]!.time);
  });

  test("the same observation twice is one", () => {
    const timed = [1, 1, 2].map((a) => ({ step: 0, time: 9, metrics: { a } }));
    expect(columnsOf(timed, 100).get("a")).toHaveLength(2);
    const later = [8, 9].map((time) => ({ step: 0, time, metrics: { a: 1 } }));
    expect(columnsOf(later, 100).get("a")).toHaveLength(2);
  });

  test("arrival never stands still, though the clock may", () => {
    const now = new Date(4_000_000_000_000);
    const [first, second] = [arrivalTime(now, 1000), arrivalTime(now, 1)];
    expect(first).toBe(4_000_000_000);
    expect(second).toBeGreaterThan(first + 999 * 1e-6);
  });
});

describe("cumulative LR", () => {
  const axis = lrSumAxis([bucket(0, 0.5, 4), bucket(8, 0.25)]);

  test("sums the LR of every step, those that were not logged at the LR that follows", () => {
    expect(axis(bucket(0, 0))).toBe(0.5);
    expect(axis(bucket(3, 0))).toBe(2);
    expect(axis(bucket(8, 0))).toBe(3.25);
  });

  test("interpolates between, and stays at the sum behind the end", () => {
    expect(axis(bucket(5, 0))).toBe(2.5);
    expect(axis(bucket(100, 0))).toBe(3.25);
    expect(lrSumAxis([])(bucket(0, 0))).toBeNull();
  });

  test("a sum beyond a double is no coordinate", () => {
    expect(lrSumAxis([bucket(0, 1.7e308), bucket(1, 1.7e308)])(bucket(1, 0))).toBeNull();
  });
});
