import { expect, test } from "vitest";
import { placesOf, sideOf, sought } from "@/lib/domain/audit/places";
import { LINE, logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const exact = () => 1e-9;
const problem = problemFrom(LINE, logOf(rateOf(LINE), 40));

test("an LR is below, at or above another", () => {
  expect([sideOf(1, 0.5, exact), sideOf(1, 1 + 1e-10, exact), sideOf(1, 2, exact)]).toEqual([-1, 0, 1]);
});

test("a point's places in its schedule", () => {
  expect(placesOf(problem, 30, exact)).toEqual([{ from: 30, to: 30 }]);
});

test("points rule numbers out, sixteen of them", () => {
  const line = rateOf(LINE);
  const asked: number[] = [];
  const look = (wanted: number) => ({
    from: 0,
    to: 40,
    at: () => [{ from: -Infinity, to: Infinity }],
    expected: (number: number) => {
      asked.push(number);
      return problem.expect((step) => (number === wanted ? line(step) : 9));
    },
    choose: ([first]: readonly { from: number }[]) => first?.from ?? null,
  });
  expect(sought(problem, [{ from: 0, to: 99 }], look(15), exact)).toBe(15);
  expect(asked).toHaveLength(16);
  expect(sought(problem, [{ from: 0, to: 99 }], look(16), exact)).toBeNull();
  expect(sought(problem, [], look(0), exact)).toBeNull();
});
