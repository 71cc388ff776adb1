import { expect, test } from "vitest";
import { numbersFor, shownP } from "@/lib/domain/compare/words";

test.each([
  [0.004, 0.0812345, "0.0812"],
  [0.004, -0.0812345, "−0.0812"],
  [12, 81.2345, "81"],
  [0, 0.5, "0.5000"],
  [1e-9, 0.123456789, "0.1235"],
  [1, 1234567, "1235000"],
  [1, -0.2, "−0.2"],
  [100, -0.2, "0"],
])("beside a width of %d, %d is %s", (width, value, text) => {
  expect(numbersFor(width)(value)).toBe(text);
});

test("a number that four digits would carry beyond the largest double keeps all of its own", () => {
  expect(numbersFor(1)(-Number.MAX_VALUE)).toBe("−1.7976931348623157e+308");
});

test.each([
  [0.00002, "< 0.0001"],
  [0.0123, "0.012"],
  [0.1, "0.10"],
  [0.996, "1.00"],
])("p %d is %s", (p, text) => expect(shownP(p)).toBe(text));
