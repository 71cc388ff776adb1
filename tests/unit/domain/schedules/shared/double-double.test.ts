import { expect, test } from "vitest";
import { add, addExact, divide, multiply, multiplyExact } from "@/lib/domain/schedules/shared/double-double";

test("addExact keeps what the sum drops: 1 + 2^-60", () => {
  expect(addExact(1, 2 ** -60)).toEqual({ hi: 1, lo: 2 ** -60 });
  expect(addExact(2 ** -60, 1)).toEqual({ hi: 1, lo: 2 ** -60 });
});

test("multiplyExact keeps what the product drops: (1 + 2^-30)² = 1 + 2^-29 + 2^-60", () => {
  expect(multiplyExact(1 + 2 ** -30, 1 + 2 ** -30)).toEqual({ hi: 1 + 2 ** -29, lo: 2 ** -60 });
});

test("a third times three is one to 100 bits", () => {
  const third = divide({ hi: 1, lo: 0 }, { hi: 3, lo: 0 });
  expect(third.hi).toBe(1 / 3);
  const one = multiply(third, { hi: 3, lo: 0 });
  const error = add(one, { hi: -1, lo: 0 });
  expect(Math.abs(error.hi)).toBeLessThan(2 ** -100);
});

test("add is exact on parts of different size", () => {
  const sum = add({ hi: 1, lo: 2 ** -70 }, { hi: -1, lo: 2 ** -80 });
  expect(sum.hi).toBe(2 ** -70 + 2 ** -80);
});
