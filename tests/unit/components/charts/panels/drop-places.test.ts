import { describe, expect, test } from "vitest";
import { nearestPlace, placeFurther, type Place } from "@/components/charts/panels/drop-places";

/** Two sections of two panels side by side: `a b` and `c d`, 100 wide and high. */
const place = (section: string, before: string | null, x: number, top: number): Place => ({
  ...{ spot: { section, before }, line: { left: x, right: x, top, bottom: top + 100 } },
  ...{ near: {} as Element, said: "" },
});
const PLACES = [
  ...[place("one", "a", 0, 0), place("one", "b", 100, 0), place("one", null, 200, 0)],
  ...[place("two", "c", 0, 150), place("two", "d", 100, 150), place("two", null, 200, 150)],
];

test.each([
  [{ x: 40, y: 50 }, ["one", "a"]],
  [{ x: 60, y: 50 }, ["one", "b"]],
  [{ x: 900, y: 60 }, ["one", null]],
  [{ x: 120, y: 140 }, ["two", "d"]],
  [{ x: 10, y: -500 }, ["one", "a"]],
])("%o is nearest to %o", (point, spot) => {
  const found = nearestPlace(PLACES, point)?.spot;
  expect([found?.section, found?.before]).toEqual(spot);
});

describe("further on", () => {
  test.each([
    ["one", "a", 1, "one", "b"],
    ["one", null, 1, "two", "c"],
    ["two", "c", -1, "one", null],
    ["one", "a", 2, "one", null],
    ["one", "b", 2, "two", "c"],
    ["two", "d", -2, "one", null],
  ])("from %s %s by %i is %s %s", (section, before, by, toSection, toBefore) => {
    expect(placeFurther(PLACES, { section, before }, by)?.spot).toEqual({
      section: toSection,
      before: toBefore,
    });
  });

  test("at the first and the last it stays", () => {
    for (const [end, by] of [
      [{ section: "one", before: "a" }, -2],
      [{ section: "two", before: null }, 1],
    ] as const)
      expect(placeFurther(PLACES, end, by)?.spot).toEqual(end);
  });

  test("a place with two lines counts once", () => {
    const twice = [...PLACES.slice(0, 2), place("one", "b", 0, 100), ...PLACES.slice(2)];
    expect(placeFurther(twice, { section: "one", before: "b" }, 1)?.spot.before).toBeNull();
  });
});
