import { describe, expect, test } from "vitest";
import { atGlance, ratioText, readoutText } from "@/lib/presenters/charts/readout";
import { solid } from "@/lib/presenters/charts/inks";

test.each([
  [0.05, 0.1, "×0.5"],
  [0.1, 0.03, "×3.33"],
  [0.10009, 0.1, "×1"],
  [0.1002, 0.1, "×1"],
  [0.102, 0.1, "×1.02"],
  [99.9, 0.1, "×999"],
  [100, 0.1, "×1,000"],
  [0.1, 1.71e-7, "×585k"],
  [0, 0.1, "×0"],
  [0.1, 0, null],
  [0.1, undefined, null],
  [NaN, 0.1, null],
])("an LR of %d where %d is declared is %s", (actual, declared, text) => {
  expect(ratioText(actual, declared)).toBe(text);
});

describe("a readout", () => {
  test.each([
    ["0.08123456789", "0.08123"],
    ["≈ 0.0123456789", "≈ 0.01235"],
    ["1.83919490675e-5", "1.839e-5"],
    ["0.00123456", "0.001235"],
    ["0.1", "0.1000"],
    ["1234.56", "1235"],
    ["12345.6", "12346"],
    ["3", "3"],
    ["NaN", "NaN"],
    ["sgd", "sgd"],
  ])("shows %s at a glance as %s", (full, short) => {
    expect(atGlance(full)).toBe(short);
  });

  test("is copied with every digit", () => {
    const row = { series: "a", label: "val/loss", ink: solid("red"), dash: [], note: null };
    const rows = [
      { ...row, value: "0.08123456789", beside: "smoothed 0.09123" },
      { ...row, label: "LR declared", value: "0.1" },
    ];
    expect(readoutText({ x: 3, title: "step 3", rows, dots: [], notes: [] })).toBe(
      "step 3\nval/loss\t0.08123456789\tsmoothed 0.09123\nLR declared\t0.1",
    );
  });
});
