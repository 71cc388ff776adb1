import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { ChartPoint } from "@/lib/presenters/charts/chart-model";
import { thinned } from "@/lib/presenters/charts/thin";

const line = (ys: readonly (number | null)[]): ChartPoint[] => ys.map((y, x) => ({ x, y }));
const xs = (points: readonly ChartPoint[]) => points.map(({ x }) => x);

describe("what a plot shows of a line", () => {
  test("all of it, the very same points, when it is whole and not dense", () => {
    const points = line([1, 2, 3]);
    expect(thinned(points, { min: 0, max: 2 }, 100)).toBe(points);
  });

  test("the part in view and one point on either side", () => {
    const points = line(Array.from({ length: 20 }, (_, i) => i));
    expect(xs(thinned(points, { min: 5.5, max: 8 }, 100))).toEqual([5, 6, 7, 8, 9]);
  });

  test("points at the same x, the extremes of a bucket, are all in view", () => {
    const points = [0, 5, 5, 5, 9].map((x, y) => ({ x, y }));
    expect(xs(thinned(points, { min: 5, max: 5 }, 100))).toEqual([0, 5, 5, 5, 9]);
  });

  test("a line whose x goes to and fro comes back whole", () => {
    const points = [3, 1, 2].map((x) => ({ x, y: x }));
    expect(thinned(points, { min: 2, max: 3 }, 1)).toBe(points);
  });

  test("a spike of one point in ten thousand stays, and so does a gap", () => {
    const ys: (number | null)[] = Array.from({ length: 10_000 }, () => 1);
    ys[4321] = 99;
    ys[7000] = null;
    const kept = thinned(line(ys), { min: 0, max: 9999 }, 100);
    expect(kept.length).toBeLessThan(500);
    expect(kept).toContainEqual({ x: 4321, y: 99 });
    expect(kept).toContainEqual({ x: 7000, y: null });
  });
});

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) },
  fc.constant(null),
);

property.prop([fc.array(value, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 40 })])(
  "each column of pixels keeps its first, lowest, highest and last, in order",
  (ys, width) => {
    const points = line(ys);
    const range = { min: 0, max: Math.max(1, ys.length - 1) };
    const kept = thinned(points, range, width);
    expect(xs(kept)).toEqual([...new Set(xs(kept))].sort((a, b) => a - b));
    const column = ({ x }: ChartPoint) => Math.floor((x / range.max) * width);
    const spread = (of: readonly ChartPoint[], at: number) => {
      const own = of.filter((point) => column(point) === at);
      const heights = own.flatMap(({ y }) => (y === null ? [] : [y]));
      return [own[0]?.x, own.at(-1)?.x, Math.min(...heights), Math.max(...heights)];
    };
    for (const at of new Set(points.map(column))) expect(spread(kept, at)).toEqual(spread(points, at));
  },
);
