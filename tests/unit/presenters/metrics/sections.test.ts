import { describe, expect, test } from "vitest";
import type { MetricSummary } from "@/lib/contracts/metrics";
import type { Panels } from "@/lib/contracts/projects";
import {
  metricSections,
  movePanel,
  placeOf,
  searchMetrics,
  togglePinned,
} from "@/lib/presenters/metrics/sections";

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
    expect(found.note).toBeNull();
  });

  test("a text that is no expression is looked for as it stands, and says so", () => {
    const found = searchMetrics(summaries("a(b", "ab"), "a(");
    expect(found.metrics.map(({ key }) => key)).toEqual(["a(b"]);
    expect(found.note).not.toBeNull();
  });
});

test("pinning twice is not pinning", () => {
  expect(togglePinned(panels(["a"]), "b").pinned).toEqual(["a", "b"]);
  expect(togglePinned(panels(["a", "b"]), "a").pinned).toEqual(["b"]);
});

describe("sections of one's own", () => {
  const metrics = named("train/loss", "train/acc", "val/loss");
  const titles = (arranged: Panels) =>
    metricSections(metrics, arranged).map(({ title, keys }) => [title, keys]);

  test("stand before those by prefix, and take their metrics out of them", () => {
    const arranged = movePanel(movePanel(panels(), "val/loss", "Losses"), "train/loss", "Losses");
    expect(titles(arranged)).toEqual([
      ["Losses", ["val/loss", "train/loss"]],
      ["train", ["train/acc"]],
    ]);
  });

  test("a metric moves from one to another; one that is left empty is gone; null leads back to the prefix", () => {
    const first = movePanel(panels(["val/loss"]), "val/loss", "A");
    expect(first).toEqual(panels([], [{ title: "A", keys: ["val/loss"] }]));
    const second = movePanel(first, "val/loss", "B");
    expect(second.sections).toEqual([{ title: "B", keys: ["val/loss"] }]);
    expect(movePanel(second, "val/loss", null)).toEqual(panels());
  });

  test("what is pinned stands only there", () => {
    const arranged = togglePinned(movePanel(panels(), "val/loss", "A"), "val/loss");
    expect(titles(arranged)[0]).toEqual(["Pinned", ["val/loss"]]);
    expect(titles(arranged)).toHaveLength(2);
  });

  test("a panel knows its place", () => {
    const arranged = movePanel(panels(["train/acc"]), "val/loss", "A");
    const seen: Panels[] = [];
    const place = placeOf(arranged, "val/loss", (next) => seen.push(next));
    expect(place).toMatchObject({ pinned: false, section: "A", sections: ["A"] });
    place.onMove(null);
    expect(seen).toEqual([panels(["train/acc"])]);
  });
});
