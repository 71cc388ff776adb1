import { describe, expect, test } from "vitest";
import {
  aroundWindow,
  MIN_SPAN,
  normaliseWindow,
  panBy,
  runExtent,
  zoomAround,
  fitRange,
  panRange,
  zoomRange,
} from "@/lib/presenters/charts/zoom";

const EXTENT = { from: 0, to: 1000 };

describe("normaliseWindow", () => {
  test("gives whole steps", () =>
    expect(normaliseWindow({ from: 10.4, to: 99.6 }, EXTENT)).toEqual({ from: 10, to: 99 }));
  test("is null for everything: that is no zoom", () =>
    expect(normaliseWindow({ from: -5, to: 2000 }, EXTENT)).toBeNull());
  test("never gets narrower than a few steps", () => {
    const window = normaliseWindow({ from: 50, to: 50 }, EXTENT);
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBe(MIN_SPAN);
  });
  test("stays inside", () =>
    expect(normaliseWindow({ from: 950, to: 1050 }, EXTENT)).toEqual({ from: 900, to: 1000 }));
});

describe("zoomAround", () => {
  test("keeps the place under the pointer", () => {
    expect(zoomAround({ from: 200, to: 600 }, EXTENT, 300, 0.5)).toEqual({ from: 250, to: 450 });
  });
  test("out far enough is no zoom", () =>
    expect(zoomAround({ from: 200, to: 600 }, EXTENT, 400, 10)).toBeNull());
});

describe("panBy", () => {
  test("moves and keeps the width, also at the end", () => {
    expect(panBy({ from: 200, to: 300 }, EXTENT, 50)).toEqual({ from: 250, to: 350 });
    expect(panBy({ from: 200, to: 300 }, EXTENT, 5000)).toEqual({ from: 900, to: 1000 });
    expect(panBy({ from: 200, to: 300 }, EXTENT, -5000)).toEqual({ from: 0, to: 100 });
  });
});

describe("runExtent", () => {
  test("of an ended run ends with it", () =>
    expect(runExtent({ to: 812, last_step: 812 }, false)).toEqual({ from: 0, to: 812 }));
  test("of a live run of known length is its length", () => {
    expect(runExtent({ to: 1199, last_step: 40 }, true)).toEqual({ from: 0, to: 1199 });
  });
  test("of a live run of unknown length moves in jumps", () => {
    const ends = Array.from({ length: 1000 }, (_, i) => runExtent({ to: i + 1, last_step: i + 1 }, true).to);
    ends.forEach((end, i) => expect(end).toBeGreaterThan(i + 1));
    expect(new Set(ends).size).toBeLessThan(40);
  });
  test("of an empty run is not empty", () =>
    expect(runExtent({ to: 0, last_step: null }, true).to).toBeGreaterThan(0));
});

describe("aroundWindow", () => {
  test("leaves room on both sides of what happened", () => {
    const window = aroundWindow(400, 500, EXTENT);
    expect(window?.from).toBeLessThan(400);
    expect(window?.to).toBeGreaterThan(500);
  });
  test("of a single step is a stretch", () => {
    const window = aroundWindow(400, 400, EXTENT);
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBeGreaterThan(50);
  });
});

describe("stretches of an axis", () => {
  const whole = { min: 0, max: 100 };
  test("stay inside; all of it is no zoom", () => {
    expect(fitRange({ min: -10, max: 10 }, whole)).toEqual({ min: 0, max: 20 });
    expect(fitRange({ min: 95, max: 115 }, whole)).toEqual({ min: 80, max: 100 });
    expect(fitRange({ min: -1, max: 101 }, whole)).toBeNull();
  });
  test("are never narrower than can be drawn", () => {
    expect(fitRange({ min: 5, max: 5 }, whole)?.max).toBeGreaterThan(5);
  });
  test("zoom around a place that stays, and pan by a share", () => {
    expect(zoomRange({ min: 20, max: 60 }, whole, 30, 0.5)).toEqual({ min: 25, max: 45 });
    expect(panRange({ min: 20, max: 40 }, whole, 0.5)).toEqual({ min: 30, max: 50 });
    expect(panRange({ min: 70, max: 90 }, whole, 5)).toEqual({ min: 80, max: 100 });
  });
});
