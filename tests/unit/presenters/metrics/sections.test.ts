import { describe, expect, test } from "vitest";
import type { MetricSummary } from "@/lib/contracts/metrics";
import { metricSections, searchMetrics, togglePinned } from "@/lib/presenters/metrics/sections";

const named = (...keys: string[]) => keys.map((key) => ({ key }));
const summaries = (...keys: string[]): MetricSummary[] =>
  keys.map((key) => ({
    ...{ key, count: 1, first_step: 0, last_step: 0, last: 1, min: 1, min_step: 0, max: 1, max_step: 0 },
    ...{ nan: 0, pos_inf: 0, neg_inf: 0 },
  }));

describe("metricSections", () => {
  test("by prefix; bare ones first, the machine's own last, numbers in names counted", () => {
    const sections = metricSections(
      named("val/loss", "system/cpu", "layer10/norm", "train/loss", "lr", "layer2/norm", "train/acc"),
      [],
    );
    expect(sections.map(({ title, keys }) => [title, keys])).toEqual([
      ["Without a prefix", ["lr"]],
      ["layer2", ["layer2/norm"]],
      ["layer10", ["layer10/norm"]],
      ["train", ["train/acc", "train/loss"]],
      ["val", ["val/loss"]],
      ["System", ["system/cpu"]],
    ]);
  });

  test("pinned ones come first, in the order they were pinned, and only there; what the run lacks is left out", () => {
    const sections = metricSections(named("a/x", "a/y", "b"), ["a/y", "gone", "b"]);
    expect(sections.map(({ title, keys }) => [title, keys])).toEqual([
      ["Pinned", ["a/y", "b"]],
      ["a", ["a/x"]],
    ]);
  });

  test("a slash at the start is no prefix; names of sections cannot collide with the special ones", () => {
    const sections = metricSections(named("/x", "pinned/x", "bare/y"), ["/x"]);
    expect(new Set(sections.map(({ id }) => id)).size).toBe(3);
    expect(sections.map(({ title }) => title)).toEqual(["Pinned", "bare", "pinned"]);
  });
});

describe("searchMetrics", () => {
  const all = summaries("train/loss", "val/Loss", "acc");
  test.each([
    ["", ["train/loss", "val/Loss", "acc"]],
    ["loss$", ["train/loss", "val/Loss"]],
    ["^acc|train", ["train/loss", "acc"]],
    ["nothing", []],
  ])("%s", (text, keys) => {
    const found = searchMetrics(all, text);
    expect(found.metrics.map(({ key }) => key)).toEqual(keys);
    expect(found.note).toBeNull();
  });

  test("a text that is no expression is looked for as it stands, and says so", () => {
    const found = searchMetrics(summaries("a(b", "ab"), "a(");
    expect(found.metrics.map(({ key }) => key)).toEqual(["a(b"]);
    expect(found.note).not.toBeNull();
  });
});

test("pinning twice is not pinning", () => {
  expect(togglePinned(["a"], "b")).toEqual(["a", "b"]);
  expect(togglePinned(["a", "b"], "a")).toEqual(["b"]);
});
