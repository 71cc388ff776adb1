import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { familiesOf, matchesFilter, NO_FILTER, parseRunFilter } from "@/lib/presenters/runs/run-filter";
import { presentRunRows } from "@/lib/presenters/runs/run-row";
import { effectiveSelection, parseSelection, selectionText } from "@/lib/presenters/runs/run-selection";
import { NEWEST_FIRST, parseSort, sortRows, sortText, toggleSort } from "@/lib/presenters/runs/run-sort";
import { wireRun } from "@/tests/support/wire";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const PRIMARY = { key: "val/loss", mode: "min" } as const;
const rowsOf = (runs: ReturnType<typeof wireRun>[], total = runs.length) =>
  presentRunRows(runs, { total, primary: PRIMARY, now: NOW });

describe("rows", () => {
  test("hold the numbers to sort by", () => {
    const [row] = rowsOf([wireRun({ id: "a.b" })]);
    expect(row).toMatchObject({
      href: "/projects/p1/runs/a.b",
      best: 0.08,
      last: 0.09,
      lr: 0.001,
      step: 999,
      duration: 90,
      family: "cosine",
    });
  });

  test("a run's place counts from the oldest, also while the older ones are not loaded", () => {
    const newest = [wireRun({ id: "c" }), wireRun({ id: "b" })];
    const all = [...newest, wireRun({ id: "a" })];
    expect(rowsOf(newest, 3).map(({ index }) => index)).toEqual([2, 1]);
    expect(rowsOf(all).map(({ index }) => index)).toEqual([2, 1, 0]);
  });

  test("a diverged run's last is not a number, a run without the metric has none", () => {
    const diverged = wireRun({ summary: { "val/loss": { last: "NaN", min: 2.2, max: 2.4, step: 9 } } });
    const [first, second] = rowsOf([diverged, wireRun({ summary: {} })]);
    expect(first).toMatchObject({ best: 2.2, last: NaN });
    expect(second).toMatchObject({ best: null, last: null, lr: null });
  });
});

describe("the filter", () => {
  const run = wireRun({ name: "Cosine-s3", group: "warmup", tags: ["gpu"], status: "failed" });

  test.each([
    ["", true],
    ["cosine", true],
    ["  gpu   S3 ", true],
    ["warmup", true],
    ["cosine tpu", false],
  ])("text %j: %s", (text, shown) => expect(matchesFilter(run, { ...NO_FILTER, text })).toBe(shown));

  test("status and schedule narrow it further", () => {
    expect(matchesFilter(run, { ...NO_FILTER, status: "failed" })).toBe(true);
    expect(matchesFilter(run, { ...NO_FILTER, status: "running" })).toBe(false);
    expect(matchesFilter(run, { ...NO_FILTER, family: "step" })).toBe(false);
    expect(matchesFilter(wireRun({ schedule_family: null }), { ...NO_FILTER, family: "none" })).toBe(true);
  });

  test("a link with nonsense in it still opens", () => {
    const filter = parseRunFilter(new URLSearchParams("status=dancing&q=a&schedule=step"));
    expect(filter).toEqual({ text: "a", status: null, family: "step" });
  });

  test("the families that occur", () => {
    const runs = [null, "step", "cosine", "step"].map((schedule_family) => wireRun({ schedule_family }));
    expect(familiesOf(runs)).toEqual(["cosine", "step", "none"]);
  });
});

describe("the order", () => {
  const rows = rowsOf([
    wireRun({ id: "a", name: "s10", summary: { "val/loss": { last: 1, min: 0.3, max: 1, step: 1 } } }),
    wireRun({ id: "b", name: "s9", summary: { "val/loss": { last: "NaN", min: null, max: null, step: 1 } } }),
    wireRun({ id: "c", name: "s1", summary: { "val/loss": { last: 1, min: 0.1, max: 1, step: 1 } } }),
  ]);
  const order = (text: string) =>
    sortRows(rows, parseSort(text))
      .map(({ id }) => id)
      .join("");

  test("numbers in names count, and what is missing comes last either way", () => {
    expect(order("name")).toBe("cba");
    expect(order("-name")).toBe("abc");
    expect(order("best")).toBe("cab");
    expect(order("-best")).toBe("acb");
    expect(order("-last")).toBe("acb");
  });

  test("a click turns the column round; another column starts as one looks for it", () => {
    const best = toggleSort(NEWEST_FIRST, "best", false);
    expect(sortText(best)).toBe("best");
    expect(sortText(toggleSort(best, "best", false))).toBe("-best");
    expect(sortText(toggleSort(best, "step", true))).toBe("-step");
  });

  test("an unknown column is newest first", () => {
    expect(parseSort("-colour")).toEqual(NEWEST_FIRST);
    expect(parseSort(null)).toEqual(NEWEST_FIRST);
  });

  property.prop([fc.array(fc.option(fc.double()), { maxLength: 20 }), fc.boolean()])(
    "sorting loses nothing and is in order",
    (bests, descending) => {
      const some = rows
        .slice(0, 1)
        .flatMap((row) => bests.map((best, index) => ({ ...row, id: `${index}`, best })));
      const sorted = sortRows(some, { column: "best", descending });
      expect(new Set(sorted.map(({ id }) => id)).size).toBe(bests.length);
      const finite = sorted.flatMap(({ best }) => (best !== null && Number.isFinite(best) ? [best] : []));
      const head = sorted.slice(0, finite.length).map(({ best }) => best);
      expect(head).toEqual(finite);
      expect(finite).toEqual([...finite].sort((a, b) => (descending ? b - a : a - b)));
    },
  );
});

describe("the selection", () => {
  const listed = Array.from({ length: 12 }, (_, index) => `r${index}`);

  test("is the newest eight until someone chooses", () => {
    expect(effectiveSelection(parseSelection(null), listed)).toEqual(listed.slice(0, 8));
  });

  test("choosing nothing is a choice", () => {
    expect(effectiveSelection(parseSelection(selectionText([])), listed)).toEqual([]);
  });

  test("keeps the list's order and drops what is gone", () => {
    expect(effectiveSelection(parseSelection("r5,gone,r2"), listed)).toEqual(["r2", "r5"]);
  });

  test("survives the URL", () => {
    expect(parseSelection(selectionText(["a", "b.c"]))).toEqual(["a", "b.c"]);
    expect(parseSelection(Array.from({ length: 80 }, (_, index) => index).join(","))).toHaveLength(50);
  });
});
