import { describe, expect, test } from "vitest";
import {
  LATEST_NANOSECONDS,
  LATEST_SECONDS,
  secondsOf,
  unitOf,
  unitWarning,
} from "@/lib/domain/metrics/time-unit";

const NOW = 1_796_083_200.5;

describe("the unit of a time", () => {
  test.each([
    [0, null],
    [12.5, null],
    [NOW, null],
    [LATEST_SECONDS, null],
    [LATEST_SECONDS + 1, "milliseconds"],
    [NOW * 1e3, "milliseconds"],
    [LATEST_SECONDS * 1e3, "milliseconds"],
    [LATEST_SECONDS * 1e3 + 1000, "microseconds"],
    [NOW * 1e6, "microseconds"],
    [LATEST_SECONDS * 1e6, "microseconds"],
    [LATEST_SECONDS * 1e6 + 1e6, "nanoseconds"],
    [NOW * 1e9, "nanoseconds"],
    [LATEST_NANOSECONDS, "nanoseconds"],
  ])("%d is %s", (time, unit) => expect(unitOf(time)?.name ?? null).toBe(unit));

  test.each([1, 1e3, 1e6, 1e9])("now, times %d, is now in seconds", (factor) =>
    expect(secondsOf(NOW * factor)).toBeCloseTo(NOW, 5),
  );

  test("is told in the same words each time", () => {
    expect(unitWarning([undefined, NOW, 1])).toBeNull();
    expect(unitWarning([])).toBeNull();
    const said = unitWarning([undefined, NOW, NOW * 1e3, 1e15]);
    expect(said).toBe(
      "time must be Unix seconds, and milliseconds were sent: they were stored as seconds. Divide them by 1000, or leave time out.",
    );
    expect(unitWarning([NOW * 1e3 + 1])).toBe(said);
  });
});
