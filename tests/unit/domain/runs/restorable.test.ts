import { expect, test } from "vitest";
import { daysLeft, RESTORABLE_MS } from "@/lib/domain/runs/restorable";

const DAY = 86_400_000;

test.each([
  [0, 30],
  [1, 30],
  [DAY, 29],
  [RESTORABLE_MS - 1, 1],
  [RESTORABLE_MS, 0],
  [RESTORABLE_MS + 1, 0],
])("%i ms after it was deleted there are %i days left", (since, days) => {
  expect(daysLeft(RESTORABLE_MS, since)).toBe(days);
});
