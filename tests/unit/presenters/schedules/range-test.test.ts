import { describe, expect, test } from "vitest";
import { RangeTestResponse } from "@/lib/contracts/range-test";
import { toWire } from "@/lib/contracts/wire-number";
import { analyseSweep } from "@/lib/domain/range-test/analyse";
import { presentRangeChart, presentSuggestions } from "@/lib/presenters/schedules/range-chart";
import { readSweep } from "@/lib/presenters/schedules/sweep-text";

describe("a pasted sweep", () => {
  const read = { lrs: [0.001, 0.01, 0.1, 1], losses: [3, 2, 1, 9], note: null };

  test.each([
    ["CSV with a head", "lr,loss\n1e-3,3\n1e-2,2\n0.1,1\n1,9\n"],
    [
      "the head turned round, more columns",
      "step;train_loss;learning_rate\r\n0;3;0.001\r\n1;2;0.01\r\n2;1;0.1\r\n3;9;1",
    ],
    ["tabs", "0.001\t3\n0.01\t2\n0.1\t1\n1\t9"],
    ["blanks", "  0.001 3\n0.01   2\n\n0.1 1\n1 9  "],
    ["JSON", '{"lrs": [0.001, 0.01, 0.1, 1], "losses": [3, 2, 1, 9]}'],
  ])("%s is read", (_, text) => expect(readSweep(text)).toEqual(read));

  test("rows are put in order, double and useless ones left out, and it says so", () => {
    expect(readSweep("0.1 1\n0.001 3\n0 5\n0.01 7\n0.01 2\n1 9")).toEqual({
      ...read,
      note: "2 rows left out (an LR that is 0, or given twice); rows put in order of their LR.",
    });
  });

  test("a loss may be NaN or infinite", () => {
    expect(readSweep("1 1\n2 nan\n3 inf\n4 -Infinity")).toMatchObject({
      losses: [1, NaN, Infinity, -Infinity],
    });
  });

  test.each([
    ["", /Paste two columns/],
    ["step,value2\n1,2", /names step, value2/],
    ["1 2\n3 4", /at least 4 LRs above 0; here are 2/],
    ["lr,loss\n1,2\nx,3", /Line 3: the LR “x”/],
    ["1 2\n3", /Line 2 has no two columns/],
    ["{oops", /like JSON/],
    ['{"lrs": [1], "losses": []}', /same length/],
  ])("%j is refused with a sentence", (text, words) => {
    expect(readSweep(text)).toEqual({ error: expect.stringMatching(words) });
  });
});

describe("the picture", () => {
  const lrs = Array.from({ length: 120 }, (_, i) => 1e-6 * 10 ** (i / 20));
  const losses = lrs.map((lr, i) =>
    i > 115 ? NaN : 2.3 - 1.5 / (1 + (2e-3 / lr) ** 2) + (lr > 0.3 ? 40 * (lr / 0.3) ** 3 : 0),
  );
  const result = RangeTestResponse.parse({
    ...analyseSweep({ lrs, losses, numIt: losses.length }),
    curve: { lrs, losses: losses.map(toWire) },
  });
  const chart = presentRangeChart(result, "linear", 720);

  test("is drawn over the logarithm of the LR, ticks named by it", () => {
    if (chart.state !== "ready") throw new Error(chart.reason);
    expect(chart.x).toMatchObject({ min: -6, scale: "linear" });
    expect(chart.x.ticks.find(({ value }) => Math.abs(value + 3) < 1e-9)?.label).toBe("1.0e-3");
    expect(chart.hoverAt(-6.4)).toMatchObject({ title: "lr 1.0e-6" });
    expect(chart.csv()).toContain(`\r\n${lrs[5]},${losses[5]}\r\n`);
    expect(chart.marks).toHaveLength(4);
  });

  test("zones touch, and one break-out does not flatten the fall", () => {
    if (chart.state !== "ready") throw new Error(chart.reason);
    const [low, good, high] = chart.ranges;
    expect([low?.id, good?.id, high?.id]).toEqual(["too_low", "good", "too_high"]);
    expect(low?.to).toBeCloseTo(good!.from, 9);
    expect(good?.to).toBeLessThanOrEqual(high!.from + 1e-9);
    expect(Math.max(...losses.filter(Number.isFinite))).toBeGreaterThan(100);
    expect(chart.left?.max).toBeLessThan(8);
  });

  test("suggestions are marked where they are; labels do not overlap in a row", () => {
    if (chart.state !== "ready") throw new Error(chart.reason);
    const rows = presentSuggestions(result);
    expect(rows.filter(({ recommended }) => recommended)).toHaveLength(1);
    const marked = rows.filter(({ lr }) => lr !== null);
    expect(chart.rules).toHaveLength(marked.length);
    for (const { method, lr } of marked) {
      expect(chart.rules.find(({ id }) => id === method)?.x).toBeCloseTo(Math.log10(lr!), 12);
    }
    for (const rule of chart.rules) {
      const sameRow = chart.rules.filter((other) => other.lane === rule.lane && other.anchor === rule.anchor);
      const gaps = sameRow.slice(1).map((other, i) => Math.abs(other.x - sameRow[i]!.x));
      expect(gaps.every((gap) => gap > 0.2)).toBe(true);
    }
  });

  test("no finite loss is no picture", () => {
    const none = { ...result, curve: { lrs, losses: lrs.map(() => "NaN" as const) } };
    expect(presentRangeChart(none, "linear", 720)).toMatchObject({ state: "empty" });
  });
});
