import { describe, expect, test } from "vitest";
import { formatDuration, secondsBetween } from "@/lib/presenters/format/duration";
import { formatAge, formatAgo, formatInstant, formatUntil } from "@/lib/presenters/format/relative-time";
import { formatProgress, formatStep } from "@/lib/presenters/format/step";

const NOW = Date.parse("2026-11-23T21:04:05Z");
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe("formatDuration", () => {
  test.each([
    [0, "0s"],
    [0.42, "0.4s"],
    [9.94, "9.9s"],
    [9.96, "10s"],
    [59.6, "1m 00s"],
    [192, "3m 12s"],
    [3599.7, "1h 00m"],
    [3840, "1h 04m"],
    [86_400, "1d 00h"],
    [183_600, "2d 03h"],
    [-5, "0s"],
    [NaN, "0s"],
  ])("%d seconds are written %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

test("a run without an end lasts until now, and never less than nothing", () => {
  expect(secondsBetween(before(90), null, NOW)).toBe(90);
  expect(secondsBetween(before(90), before(30), NOW)).toBe(60);
  expect(secondsBetween(before(-10), null, NOW)).toBe(0);
});

describe("ages", () => {
  test.each([
    [0.4, "now", "just now"],
    [12, "12 s", "12 s ago"],
    [185, "3 min", "3 min ago"],
    [5 * 3600, "5 h", "5 h ago"],
    [86_400, "1 day", "1 day ago"],
    [13 * 86_400, "13 days", "13 days ago"],
    [14 * 86_400, "2026-11-09", "on 2026-11-09"],
  ])("%d seconds", (seconds, age, ago) => {
    expect(formatAge(before(seconds), NOW)).toBe(age);
    expect(formatAgo(before(seconds), NOW)).toBe(ago);
  });

  test("ahead of now", () => {
    expect(formatUntil(before(-42 * 60), NOW)).toBe("in 42 min");
    expect(formatUntil(before(1), NOW)).toBe("expired");
    expect(formatUntil(before(0), NOW)).toBe("expired");
  });

  test("the exact time", () => expect(formatInstant(before(0))).toBe("2026-11-23 21:04:05 UTC"));
});

describe("steps", () => {
  test("a run that is through has taken all its steps", () => {
    expect(formatProgress(1199, 1200)).toBe("1,200/1,200");
    expect(formatProgress(0, 1200)).toBe("1/1,200");
    expect(formatProgress(1300, 1200)).toBe("1,200/1,200");
    expect(formatProgress(812, null)).toBe("812");
    expect(formatProgress(null, 1200)).toBe("–");
    expect(formatStep(12_345)).toBe("12.3k");
    expect(formatStep(null)).toBe("–");
  });
});
