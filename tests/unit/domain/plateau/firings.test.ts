import { expect, test } from "vitest";
import { countOf, inParts, KEPT_PARTS, NO_FIRINGS, PART, pruned } from "@/lib/domain/plateau/firings";

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("firings one after the other end up in the same parts as all at once", () => {
  const all = inParts({ before: 0, list: numbers(0, 2 * PART + 7) });
  let now = NO_FIRINGS as { before: number; list: readonly number[] };
  const full = new Map<number, readonly number[]>();
  for (const number of numbers(0, 2 * PART + 7)) {
    const next = inParts({ before: now.before, list: [...now.list, number] });
    for (const [part, list] of next.full) full.set(part, list);
    now = next.tail;
  }
  expect({ full, tail: now }).toEqual(all);
  expect([...all.full.keys()]).toEqual([0, 1]);
  expect(all.tail.list).toEqual(numbers(2 * PART, 2 * PART + 7));
});

test.each([
  [0, 0, 0],
  [PART, 0, PART],
  [PART + 1, 1, 1],
])("of %d firings %d parts are full, %d are the tail, which is never empty", (n, parts, tail) => {
  const { full, tail: rest } = inParts({ before: 0, list: numbers(0, n) });
  expect([full.size, rest.list.length]).toEqual([parts, tail]);
});

test("the oldest are dropped part by part, and counted still", () => {
  const n = (KEPT_PARTS + 3) * PART + 1;
  const kept = pruned({ before: 0, list: numbers(0, n) });
  expect(kept.before).toBe(3);
  expect(kept.list[0]).toBe(3 * PART);
  expect(countOf(kept)).toBe(n);
  expect(pruned({ before: 0, list: numbers(0, (KEPT_PARTS + 1) * PART) }).before).toBe(0);
});
