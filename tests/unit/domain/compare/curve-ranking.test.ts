import { describe, expect, test } from "vitest";
import { groupCurve, type Member } from "@/lib/domain/compare/curve";
import { rankGroups } from "@/lib/domain/compare/ranking";
import type { Group } from "@/lib/domain/compare/summary";
import { outcome } from "@/tests/support/outcomes";

const member = (...values: (number | null)[]): Member => ({
  points: values.map((value, bucket) => ({ bucket, step: bucket * 10, value })),
});

describe("curves of groups", () => {
  test("mean, median, quartiles and interval of the runs at each step", () => {
    const [point] = groupCurve([member(1), member(2), member(6)]);
    expect(point).toMatchObject({ step: 0, n: 3, mean: 3, median: 2, q1: 1.5, q3: 4 });
    // x̄ ± t(0.975, 2) s / √3 with s² = 7
    expect(point!.low).toBeCloseTo(3 - 4.302652729749462 * Math.sqrt(7 / 3), 10);
    expect(point!.high).toBeCloseTo(3 + 4.302652729749462 * Math.sqrt(7 / 3), 10);
  });

  test("one run has no interval", () => {
    expect(groupCurve([member(1)])).toMatchObject([{ n: 1, mean: 1, low: null, high: null }]);
  });

  test("a run that logs rarely stands at its latest value, until its last", () => {
    const rare: Member = { points: [member(4).points[0]!, { bucket: 2, step: 25, value: 8 }] };
    const found = groupCurve([member(0, 0, 0, 0), rare]);
    expect(found.map(({ n, mean }) => [n, mean])).toEqual([
      [2, 2],
      [2, 2],
      [2, 4],
      [1, 0],
    ]);
    expect(found[2]!.step).toBe(25);
  });

  test("a diverged run is absent until it has numbers again", () => {
    const found = groupCurve([member(1, null, 3), member(1, 1, 1)]);
    expect(found.map(({ n }) => n)).toEqual([2, 1, 2]);
    expect(groupCurve([member(null)])).toEqual([]);
  });
});

describe("ranking over projects", () => {
  const group = (key: string, byProject: Record<string, number[]>): Group => ({
    key,
    label: key,
    description: null,
    outcomes: Object.entries(byProject).flatMap(([project, values]) =>
      values.map((value) => outcome(value, { project })),
    ),
  });

  test("averages the ranks within each project", () => {
    const ranking = rankGroups(
      [
        group("a", { p: [1, 1.2], q: [5, 5] }),
        group("b", { p: [2], q: [4] }),
        group("c", { p: [3], q: [6] }),
      ],
      "min",
    );
    expect(ranking?.projects).toEqual(["p", "q"]);
    expect(ranking?.items.map(({ key, average_rank, ranks }) => [key, average_rank, ranks])).toEqual([
      ["a", 1.5, [1, 2]],
      ["b", 1.5, [2, 1]],
      ["c", 3, [3, 3]],
    ]);
    expect(ranking?.items[0]?.interval).toEqual({ low: 1.5, high: 1.5 });
  });

  test("a close race has a wide interval, the same each time", () => {
    const groups = [group("a", { p: [1, 3], q: [1, 3] }), group("b", { p: [1.5, 2], q: [1.5, 2] })];
    const [first] = rankGroups(groups, "min")!.items;
    expect(first!.interval).toEqual({ low: 1, high: 2 });
    expect(rankGroups(groups, "min")).toEqual(rankGroups(groups, "min"));
  });

  test("one run each leaves nothing to resample; one project, or one group, nothing to rank", () => {
    const [a, b] = [group("a", { p: [1], q: [1] }), group("b", { p: [2], q: [2] })];
    expect(rankGroups([a, b], "max")?.items).toMatchObject([
      { key: "b", average_rank: 1, interval: null },
      { key: "a", average_rank: 2, interval: null },
    ]);
    expect(rankGroups([group("a", { p: [1] }), group("b", { p: [2] })], "min")).toBeNull();
    expect(rankGroups([a], "min")).toBeNull();
  });

  test("a group that is not in every project is left out, by name", () => {
    const ranking = rankGroups(
      [group("a", { p: [1], q: [1] }), group("b", { p: [2], q: [2] }), group("c", { p: [3] })],
      "min",
    );
    expect(ranking?.left_out).toEqual(["c"]);
    expect(ranking?.items).toHaveLength(2);
  });
});
