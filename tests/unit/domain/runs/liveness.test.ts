import { describe, expect, test } from "vitest";
import { livenessOf, nextGap } from "@/lib/domain/runs/liveness";

const HOUR = 3600;
const after = (quiet: number, gap: number | null, status = "running") =>
  livenessOf({ status, at: 1_000_000, gap }, 1_000_000 + quiet * 1000);

describe("a run that falls silent", () => {
  test.each([
    // Logs many times a second: two minutes and half an hour.
    [119.9, 0.25, "live"],
    [120, 0.25, "silent"],
    [1799, 0.25, "silent"],
    [1800, 0.25, "lost"],
    // Once in ten minutes: half an hour, and 200 minutes.
    [1799, 600, "live"],
    [1800, 600, "silent"],
    [11_999, 600, "silent"],
    [12_000, 600, "lost"],
    // Once in five hours: six hours, and a day.
    [6 * HOUR - 1, 5 * HOUR, "live"],
    [6 * HOUR, 5 * HOUR, "silent"],
    [24 * HOUR - 1, 5 * HOUR, "silent"],
    [24 * HOUR, 5 * HOUR, "lost"],
  ])("after %d s, with pauses of %d s, is %s", (quiet, gap, word) => {
    expect(after(quiet, gap)).toBe(word);
  });

  test("without a rhythm is silent as soon, and lost late", () => {
    expect(after(119, null)).toBe("live");
    expect(after(120, null)).toBe("silent");
    expect(after(6 * HOUR - 1, null)).toBe("silent");
    expect(after(6 * HOUR, null)).toBe("lost");
  });

  test("is none of it once it has ended, and live when clocks differ", () => {
    for (const status of ["finished", "failed", "killed"]) expect(after(99 * HOUR, 1, status)).toBeNull();
    expect(after(-50, 1)).toBe("live");
  });
});

describe("the rhythm of a run", () => {
  const rhythm = (gaps: number[]) => gaps.reduce<number | null>(nextGap, null);

  test("is its longest pause as long as that is recent", () => {
    expect(rhythm([1])).toBe(1);
    expect(rhythm([1, 300])).toBe(300);
    const validating = [...Array<number>(1200).fill(1), 300];
    expect(rhythm([...validating, ...validating, ...Array<number>(600).fill(1)])).toBeGreaterThan(250);
  });

  test("fades evenly while it logs for thirty such pauses without another", () => {
    expect(rhythm([300, ...Array<number>(15 * 300).fill(1)])).toBeCloseTo(150, 6);
    expect(rhythm([300, ...Array<number>(30 * 300 - 60).fill(1)])).toBeCloseTo(2, 6);
    expect(rhythm([300, ...Array<number>(30 * 300).fill(1)])).toBe(1);
  });

  test("is not the time for which a machine was off, nor one before the last", () => {
    expect(rhythm([1, 72 * HOUR])).toBe(6 * HOUR);
    expect(nextGap(null, -5)).toBe(0);
    expect(nextGap(0, 0)).toBe(0);
  });
});
