import { describe, expect, test } from "vitest";
import { drawnRuns } from "@/lib/presenters/runs/drawn-runs";
import { presentRuns } from "@/lib/presenters/runs/runs-view";
import { tableRow, wireProject } from "@/tests/support/wire";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const owner = (runs: number) => ({ id: "p1", name: "digits", runs });

/** `count` runs, run i in the group that `groupOf` gives it; the newest first. */
function view(search: string, count: number, groupOf: (i: number) => string) {
  const rows = Array.from({ length: count }, (_, i) =>
    tableRow({ id: `r${i}`, name: `r${i}`, group: groupOf(i), project: owner(count) }),
  );
  const scope = { project: wireProject({ runs: count }), metrics: [], search: new URLSearchParams(search) };
  return presentRuns(scope, rows, NOW);
}

describe("what the charts beside the table draw", () => {
  test("the newest eight, each for itself, and says of how many", () => {
    const drawn = drawnRuns(view("", 20, () => "a"));
    expect(drawn.runs.map(({ id }) => id)).toEqual(Array.from({ length: 8 }, (_, i) => `r${i}`));
    expect(drawn.groups).toBeNull();
    expect(drawn.note).toBe("8 of 20 runs drawn");
  });

  test("every member of every group while the table is grouped", () => {
    const drawn = drawnRuns(view("group=group", 30, (i) => `g${i % 3}`));
    expect(drawn.groups?.map(({ key, runs }) => [key, runs.length])).toEqual([
      ["g0", 10],
      ["g1", 10],
      ["g2", 10],
    ]);
    expect(drawn.note).toBe("3 of 3 groups, 30 of 30 runs drawn");
  });

  test("at most ten groups and a hundred runs, as many of each group; the rest is counted", () => {
    const drawn = drawnRuns(view("group=group", 480, (i) => `g${String(i % 12).padStart(2, "0")}`));
    expect(drawn.groups?.map(({ runs }) => runs.length)).toEqual(Array.from({ length: 10 }, () => 10));
    expect(drawn.note).toBe("10 of 12 groups, 100 of 480 runs drawn");
  });

  test("only what was ticked, once something was", () => {
    const drawn = drawnRuns(view("group=group&runs=r0,r1,r3", 9, (i) => `g${i % 3}`));
    expect(drawn.groups?.map(({ key, runs }) => [key, runs])).toEqual([
      ["g0", ["r0", "r3"]],
      ["g1", ["r1"]],
    ]);
    expect(drawn.note).toBe("2 of 3 groups, 3 of 9 runs drawn");
  });

  test("a group keeps its colour whatever is filtered and however it is sorted", () => {
    const colors = (search: string) =>
      new Map(view(search, 9, (i) => `g${i % 3}`).groups?.map(({ key, css }) => [key, css]));
    const all = colors("group=group");
    expect(new Set(all.values()).size).toBe(3);
    expect(colors("group=group&filter=group%3Ag2").get("g2")).toBe(all.get("g2"));
    expect(colors("group=group&sort=-name")).toEqual(all);
  });

  test("the lines of grouped runs are in their group's colour", () => {
    const { lines, groups } = view("group=group", 4, (i) => `g${i % 2}`);
    const css = new Map(groups?.map((group) => [group.key, group.css]));
    for (const line of lines)
      if (line.kind === "run") expect(line.css).toBe(css.get(line.row.run.group ?? ""));
  });
});
