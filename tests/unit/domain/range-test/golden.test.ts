import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyseSweep } from "@/lib/domain/range-test/analyse";

/** One case of tests/golden/lrfind.json; its README, section 14. */
interface LrFindCase {
  id: string;
  num_it: number;
  lrs: number[];
  losses: (number | string)[];
  suggestions: Record<"valley" | "slide" | "minimum" | "steep" | "lightning", { index: number; lr: number }>;
}

const cases: LrFindCase[] = JSON.parse(readFileSync("tests/golden/lrfind.json", "utf8"));

const analyse = ({ lrs, losses, num_it }: LrFindCase) =>
  analyseSweep({ lrs, losses: losses.map(Number), numIt: num_it });

describe.each(cases)("$id", (golden) => {
  const got = analyse(golden);

  test.each(["valley", "slide", "minimum", "steep", "lightning"] as const)("%s", (method) => {
    const want = golden.suggestions[method];
    expect(got.suggestions[method]?.index).toBe(want.index);
    expect(got.suggestions[method]?.lr).toBeRelativelyClose(want.lr, 1e-12);
  });

  test("says honestly whether there is a minimum to rest on", () => {
    expect(got.usable).toBe(!/flat|increasing/.test(golden.id));
    if (!got.usable) {
      expect(got.zones).toBeNull();
      expect(got.recommended).toBeNull();
      expect(got.message).toMatch(/^No usable minimum: /);
      expect(got.message).toMatch(golden.id.includes("flat") ? /hardly moves/ : /only rises/);
    }
  });
});

test("the file holds all 18 cases", () => expect(cases).toHaveLength(18));

describe("zones of the usable cases", () => {
  test.each(cases.filter(({ id }) => !/flat|increasing/.test(id)))("$id", (golden) => {
    const { zones, recommended } = analyse(golden);
    expect(zones!.too_low.from).toBe(golden.lrs[0]);
    expect(zones!.too_low.to).toBe(zones!.good.from);
    expect(zones!.good.to).toBeGreaterThan(zones!.good.from * 2);
    // The minimum is where falling has ended: the good zone lies below it.
    expect(zones!.good.to).toBeLessThanOrEqual(
      Math.max(golden.suggestions.minimum.lr * 10, zones!.too_high ? 0 : Infinity),
    );
    expect(recommended!.lr).toBeGreaterThanOrEqual(zones!.good.from);
    expect(recommended!.lr).toBeLessThanOrEqual(zones!.good.to);
  });
});
