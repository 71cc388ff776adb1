import { describe, expect, test } from "vitest";
import { lonelyRadii, prepareSeries } from "@/lib/presenters/charts/series-line";
import { point, ramp, series } from "./fixtures";

const prepare = (points: Parameters<typeof series>[1], smoothing = 0) =>
  prepareSeries(series("loss", points), smoothing, 100);

describe("prepareSeries", () => {
  test("draws single observations as they are", () => {
    expect(prepare(ramp(3, (i) => i * 2)).raw).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 2 },
      { x: 2, y: 4 },
    ]);
  });

  test("visits a spike that its bucket's last value hides", () => {
    const spiked = point(7, 1, { min: 0.9, max: 50, mean: 7, count: 8 });
    const { raw } = prepare([point(0, 1), spiked, point(8, 1)]);
    const heights = raw.map(({ y }) => y);
    expect(heights).toContain(50);
    expect(heights).toContain(0.9);
    expect(raw.filter(({ x }) => x === 7).at(-1)?.y).toBe(1);
  });

  test("goes to the nearer extreme first, so that the line does not cross itself", () => {
    const noisy = point(7, 5, { min: 1, max: 9, count: 8, mean: 5 });
    expect(prepare([point(0, 6), noisy]).raw.map(({ y }) => y)).toEqual([6, 9, 1, 5]);
    expect(prepare([point(0, 4), noisy]).raw.map(({ y }) => y)).toEqual([4, 1, 9, 5]);
  });

  test("does not turn back for an extreme that lies on its way: a climbing LR is no staircase", () => {
    const climb = [
      point(7, 8, { min: 1, max: 8, count: 8, mean: 4 }),
      point(15, 16, { min: 9, max: 16, count: 8, mean: 12 }),
    ];
    expect(prepare([point(0, 0), ...climb]).raw.map(({ y }) => y)).toEqual([0, 8, 16]);
  });

  test("does not visit an extreme twice when it is the last value", () => {
    expect(prepare([point(3, 1, { min: 1, max: 4, count: 4, mean: 2 })]).raw.map(({ y }) => y)).toEqual([
      4, 1,
    ]);
  });

  test("breaks the line at a non-finite value and marks it", () => {
    const { raw, stretches } = prepare([point(0, 1), point(1, "NaN"), point(2, "-Infinity"), point(3, 2)]);
    expect(raw.map(({ y }) => y)).toEqual([1, null, null, 2]);
    expect(stretches).toEqual([{ from: 1, to: 2, step: 1, first: { x: 1, value: "NaN" }, last: false }]);
  });

  test("marks a bucket that holds a value which is not finite and still visits its finite ones", () => {
    const bucket = point(7, "NaN", { min: 1, max: 2, mean: 1.5, count: 8, nonfinite: ["Infinity", "NaN"] });
    const { raw, stretches } = prepare([bucket]);
    expect(raw.map(({ y }) => y)).toEqual([1, 2, null]);
    expect(stretches).toMatchObject([{ from: 7, to: 7, last: true }]);
  });

  test("leaves out points without a coordinate on the axis", () => {
    expect(prepare([point(0, 1, { x: null }), point(1, 2)]).raw).toEqual([{ x: 1, y: 2 }]);
  });

  test("breaks the line over a hole in dense data", () => {
    const points = [...ramp(10, () => 1), point(200, 1), point(201, 1)];
    expect(prepare(points).raw.filter(({ y }) => y === null)).toEqual([{ x: 200, y: null }]);
  });

  test("does not take a slowing rhythm for a hole", () => {
    const points = [1, 2, 4, 8, 16, 32, 64, 128].map((step) => point(step, 1));
    expect(prepare(points).raw.every(({ y }) => y !== null)).toBe(true);
  });

  test("has an envelope only where a bucket holds several observations", () => {
    const { envelope } = prepare([point(0, 1), point(7, 2, { min: 1, max: 3, count: 7, mean: 2 })]);
    expect(envelope).toEqual([[{ x: 7, low: 1, high: 3 }]]);
  });

  test("does not join an envelope across single values, nor where x goes back", () => {
    const bucket = (step: number, x = step) => point(step, 2, { x, min: 1, max: 3, count: 7, mean: 2 });
    const xs = (points: Parameters<typeof series>[1]) =>
      prepare(points).envelope.map((piece) => piece.map(({ x }) => x));
    expect(xs([bucket(7), bucket(15), point(16, 2), point(17, 2), bucket(24), bucket(31)])).toEqual([
      [7, 15],
      [24, 31],
    ]);
    expect(xs([bucket(7, 1), bucket(15, 2), bucket(23, 1.5), bucket(31, 1.5)])).toEqual([
      [1, 2],
      [1.5],
      [1.5],
    ]);
  });

  test("ends an envelope at a hole and where nothing is finite", () => {
    const bucket = (step: number) => point(step, 2, { min: 1, max: 3, count: 7, mean: 2 });
    const nothing = point(24, "NaN", { min: null, max: null, count: 7, mean: null, nonfinite: ["NaN"] });
    const { envelope } = prepare([...[0, 8, 16].map(bucket), nothing, ...[32, 40, 400, 408].map(bucket)]);
    expect(envelope.map((piece) => piece.map(({ x }) => x))).toEqual([
      [0, 8, 16],
      [32, 40],
      [400, 408],
    ]);
  });

  test("smooths the means and keeps the raw line", () => {
    const { raw, smoothed } = prepare(
      ramp(5, (i) => i % 2),
      0.99,
    );
    expect(raw.map(({ y }) => y)).toEqual([0, 1, 0, 1, 0]);
    const values = smoothed?.map(({ y }) => y ?? NaN) ?? [];
    expect(Math.max(...values)).toBeLessThan(1);
    expect(prepare(ramp(5, (i) => i)).smoothed).toBeNull();
  });
});

describe("lonelyRadii", () => {
  test("gives a radius to points without a neighbour only", () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: null },
      { x: 2, y: 2 },
      { x: 3, y: 3 },
    ];
    expect(lonelyRadii(points)).toEqual([2.5, 0, 0, 0]);
    expect(lonelyRadii(points.slice(2))).toBe(0);
  });
});
