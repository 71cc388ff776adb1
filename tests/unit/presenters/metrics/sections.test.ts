import { describe, expect, test } from "vitest";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { Panels } from "@/lib/contracts/projects";
import { foundWords, metricSections, searchMetrics } from "@/lib/presenters/metrics/sections";

const named = (...keys: string[]) => keys.map((key) => ({ key }));
const panels = (pinned: string[] = [], sections: Panels["sections"] = []): Panels => ({ pinned, sections });
const summaries = (...keys: string[]): MetricSummary[] =>
  keys.map((key) => ({
    ...{ key, count: 1, first_step: 0, last_step: 0, last: 1, min: 1, min_step: 0, max: 1, max_step: 0 },
    ...{ nan: 0, pos_inf: 0, neg_inf: 0 },
  }));

describe("metricSections", () => {
  test("by prefix; bare ones first, the machine's own last, numbers in names counted", () => {
    const sections = metricSections(
      named("val/loss", "system/cpu", "layer10/norm", "train/loss", "lr", "layer2/norm", "train/acc"),
      panels(),
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
    const sections = metricSections(named("a/x", "a/y", "b"), panels(["a/y", "gone", "b"]));
    expect(sections.map(({ title, keys }) => [title, keys])).toEqual([
      ["Pinned", ["a/y", "b"]],
      ["a", ["a/x"]],
    ]);
  });

  test("a slash at the start is no prefix; names of sections cannot collide with the special ones", () => {
    const sections = metricSections(named("/x", "pinned/x", "bare/y"), panels(["/x"]));
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
    expect(found.plain).toBe(false);
  });

  test("a text that is no expression is looked for as it stands, and says so", () => {
    const found = searchMetrics(summaries("a(b", "ab"), "a(");
    expect(found.metrics.map(({ key }) => key)).toEqual(["a(b"]);
    expect(foundWords(found, 2, "a(")).toBe("1 of 2 metrics, taken as plain text");
  });
});

describe("sections of one's own", () => {
  const titles = (own: Panels["sections"], ...keys: string[]) =>
    metricSections(named(...keys), panels([], own)).map(({ title, keys: found }) => [title, found]);

  test("stand before those by prefix, and take their metrics out of them", () => {
    const own = [{ title: "Losses", keys: ["val/loss", "train/loss"] }];
    expect(titles(own, "train/loss", "train/acc", "val/loss")).toEqual([
      ["Losses", ["val/loss", "train/loss"]],
      ["train", ["train/acc"]],
    ]);
  });

  test("called as a prefix are that prefix's: what was put there, among the others", () => {
    const own = [{ title: "train", keys: ["train/loss", "lr"] }];
    expect(titles(own, "train/loss", "train/acc", "train/norm", "lr", "val/loss")).toEqual([
      ["train", ["train/acc", "train/loss", "train/norm", "lr"]],
      ["val", ["val/loss"]],
    ]);
  });
});
