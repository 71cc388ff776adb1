import { describe, expect, test, vi } from "vitest";
import { cycles } from "@/lib/domain/schedules/shared/cycles";
import { floorLog } from "@/lib/domain/schedules/shared/log";

const same = (index: number) => index;
/** 0 more, so that there is no −0. */
const find = (first: number, m: number) => (t: number) =>
  0 + (m === 1 ? Math.floor(t / first) : floorLog(1 - (t / first) * (1 - m), m));

describe("cycles", () => {
  test.each([
    [10, 1],
    [2400.5, 1],
    [0.3, 1],
    [10, 3],
    [7, 1.5],
    [1000, 2],
    [0.1, 10],
    [50, 1 + 1e-9],
    [400, 0.9],
  ])("of %d, each %d times as long: every step is where `find` has it", (first, m) => {
    const direct = find(first, m);
    const cycleAt = cycles(first, m, direct, same);
    const steps = Array.from({ length: 3000 }, (_, t) => t);
    expect(steps.map(cycleAt)).toEqual(steps.map(direct));
    steps.reverse();
    expect(steps.map(cycleAt)).toEqual(steps.map(direct));
  });

  test("a boundary is the library's own, also when its rounding has it a step late", () => {
    const late = (t: number) => (t === 30 ? 2 : Math.floor(t / 10));
    const cycleAt = cycles(10, 1, late, same);
    expect([29, 30, 31, 30, 25, 30].map(cycleAt)).toEqual([2, 2, 3, 2, 2, 2]);
  });

  test("within a cycle nothing is found or made again", () => {
    const asked = vi.fn(find(1000, 2));
    const made = vi.fn(same);
    const cycleAt = cycles(1000, 2, asked, made);
    for (let t = 0; t < 7000; t++) cycleAt(t);
    // The first steps of the three cycles.
    expect(asked.mock.calls.map(([t]) => t)).toEqual([0, 1000, 3000]);
    expect(made).toHaveBeenCalledTimes(3);
  });

  test("what has no cycle at all is asked for every time", () => {
    const cycleAt = cycles(0, 1, () => NaN, same);
    expect([0, 1, 2].map(cycleAt)).toEqual([NaN, NaN, NaN]);
  });
});
