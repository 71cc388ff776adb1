import { describe, expect, test } from "vitest";
import { type MetricBranch, metricTree } from "@/lib/presenters/metrics/tree";

type Shown = [title: string, keys: readonly string[], branches: Shown[]];
const shown = ({ title, keys, branches }: MetricBranch): Shown => [title, keys, branches.map(shown)];

describe("metricTree", () => {
  test("opens by every segment that several share; one alone stands with its parent", () => {
    const keys = [
      "net/lr",
      "net/a/x/norm",
      "net/a/x/std",
      "net/a/y/norm",
      "net/b/norm",
      "net/c/d/e",
      "net/c/d/f",
    ];
    expect(shown(metricTree({ id: "net", keys }))).toEqual([
      "",
      ["net/lr", "net/b/norm"],
      [
        ["a", ["net/a/y/norm"], [["x", ["net/a/x/norm", "net/a/x/std"], []]]],
        ["c/d", ["net/c/d/e", "net/c/d/f"], []],
      ],
    ]);
  });

  test("a name that is another's beginning, and empty segments, lose nothing", () => {
    const keys = ["a/b", "a/b/c", "a/b/d", "a//x", "a//y"];
    const flat = (branch: MetricBranch): string[] => [...branch.keys, ...branch.branches.flatMap(flat)];
    expect(flat(metricTree({ id: "a", keys })).sort()).toEqual([...keys].sort());
  });

  test("what the reader has put together stays flat, in its order", () => {
    const keys = ["val/x/b", "val/x/a", "train/loss"];
    expect(shown(metricTree({ id: "Losses", keys }))).toEqual(["", keys, []]);
    expect(metricTree({ id: "val", keys }).branches).toEqual([]);
  });
});
