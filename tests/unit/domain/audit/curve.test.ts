import { describe, expect, test } from "vitest";
import { declaredCurve } from "@/lib/domain/audit/curve";
import { type CompiledSchedule, compileDeclared } from "@/lib/domain/schedules/declared";

const POINTS = 2;
const FAR = 1e9;
/** With the asking one LR costs a million formulas. */
const DEAR = 999_992;

function curveOf({ recursive = false, perStep = DEAR, reach = FAR, unit = 1 } = {}) {
  const line = compileDeclared({ kind: "linear", from: 1, to: 0, steps: 2 * FAR });
  const asked: [number, number][] = [];
  const compiled: CompiledSchedule = {
    ...line,
    recursive,
    lrs: (from, to, stride) => {
      asked.push([from, to]);
      return line.lrs(from, to, stride);
    },
  };
  const curve = declaredCurve(compiled, { unit, group: 0, reach, points: POINTS, perStep });
  /** How many steps from there on are known, once there is a limit. */
  const known = (from: number, among: number) => {
    curve.limit();
    return Array.from({ length: among }, (_, i) => curve.atStep(from + i)).filter(Number.isFinite).length;
  };
  return { curve, asked, known };
}

describe("the declared LR, step by step", () => {
  test("64 steps a point are worked out together, in one go; those beyond, one by one and once", () => {
    const { curve, asked } = curveOf();
    for (const step of [0, 127, 128, 5000, 128])
      expect(curve.atStep(step)).toBeCloseTo(1 - step / 2 / FAR, 15);
    expect(asked).toEqual([
      [0, 128],
      [128, 129],
      [5000, 5001],
    ]);
  });

  test("no step beyond the run's last is, but for a few", () => {
    const { curve, asked } = curveOf({ reach: 20 });
    curve.atStep(3);
    expect(asked).toEqual([[0, 24]]);
  });

  test("beyond them so many may be asked for: sixteen a point, and four million formulas", () => {
    expect(curveOf().known(1000, 60)).toBe(16 * POINTS + 4);
    expect(curveOf({ perStep: 3_999_992 }).known(1000, 60)).toBe(16 * POINTS + 1);
    // Without a limit there is none.
    const { curve } = curveOf();
    expect(Array.from({ length: 60 }, (_, i) => curve.atStep(1000 + i)).every(Number.isFinite)).toBe(true);
  });

  test("what is known stays known, and no step is too far", () => {
    const { curve, known } = curveOf();
    expect(known(1000, 60)).toBeLessThan(60);
    expect(curve.atStep(1000)).toBeCloseTo(1, 5);
    expect(curve.atStep(5)).toBeCloseTo(1, 5);
    // From 2^53 on a step and the next are one number: there is nothing between them to ask for.
    expect(curveOf().curve.atStep(2 ** 60)).toBe(0);
    expect(curveOf().curve.atStep(-3)).toBe(1);
  });

  test("a recursion is followed for five million steps; one out of turn costs what it goes back", () => {
    const { curve, asked } = curveOf({ recursive: true, perStep: 1 });
    curve.limit();
    expect(curve.atStep(4_999_999)).toBeCloseTo(1 - 4_999_999 / 2 / FAR, 12);
    expect(asked).toEqual([[0, 5_000_000]]);
    const { known } = curveOf({ recursive: true, perStep: 1 });
    expect(known(5_000_000, 200)).toBe(16 * POINTS + Math.floor(4e6 / 65_536));
  });

  test("between two steps of a smooth part a cubic, which no corner bends", () => {
    const compiled = compileDeclared({ kind: "polynomial", peak: 1, floor: 0, steps: 100, power: 3 });
    const curve = declaredCurve(compiled, { unit: 1, group: 0, reach: 100, points: 100, perStep: 1 });
    expect(curve.between(40.25, 0, 100)).toBeCloseTo((1 - 0.4025) ** 3, 12);
    expect(curve.between(99.5, 0, 100)).toBeCloseTo(0.005 ** 3, 12);
    expect(curve.between(40, 0, 100)).toBe(curve.atStep(40));
  });
});
