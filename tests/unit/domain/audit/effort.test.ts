import { expect, test } from "vitest";
import { effort } from "@/lib/domain/audit/effort";

test("what is too much is refused, and nothing is taken for it", () => {
  const left = effort(10);
  expect([left.spend(7), left.spend(4), left.spend(3), left.spend(1)]).toEqual([true, false, true, false]);
});

test("there is no end until one is set", () => {
  const left = effort();
  expect(left.spend(1e300)).toBe(true);
  left.limit(5);
  expect([left.spend(6), left.spend(5)]).toEqual([false, true]);
});
