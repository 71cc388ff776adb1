import { expect, test } from "vitest";
import { familyLabel, presentProject } from "@/lib/presenters/runs/project-view";
import { wireProject, wireRun } from "@/tests/support/wire";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const acc = { last: 0.9, min: 0.1, max: 0.95, step: 9 };
const runs = [
  wireRun({ id: "c", name: "c", status: "running", summary: { ...wireRun().summary, "val/acc": acc } }),
  wireRun({ id: "b", name: "b", schedule_family: "step" }),
  wireRun({ id: "a", name: "a" }),
];
const view = (search: string) =>
  presentProject(wireProject({ runs: 3 }), runs, new URLSearchParams(search), NOW);

test("without parameters: newest first, the newest drawn, the primary metric, its LR", () => {
  const plain = view("");
  expect(plain.rows.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(plain.selected.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(plain.metric).toEqual({ key: "val/loss", mode: "min" });
  expect(plain.lrKey).toBe("lr");
  expect(plain.families).toEqual(["cosine", "step"]);
});

test("the LR is found by its name when nobody declared its metric", () => {
  const undeclared = [
    wireRun({ id: "n", summary: {}, lr_metric: null }),
    wireRun({ id: "l", lr_metric: null }),
  ];
  expect(presentProject(wireProject(), undeclared, new URLSearchParams(), NOW).lrKey).toBe("lr");
});

test("another metric changes best, by that metric's direction", () => {
  const { rows, metric } = view("metric=val/acc");
  expect(metric).toEqual({ key: "val/acc", mode: "max" });
  expect(rows.map(({ best }) => best)).toEqual([0.95, null, null]);
});

test("a loss is read on a log axis, a score on a linear one, unless the URL says otherwise", () => {
  expect(view("").scale).toBe("log");
  expect(view("metric=val/acc").scale).toBe("linear");
  expect(view("scale=linear").scale).toBe("linear");
  expect(view("scale=cubic").scale).toBe("log");
});

test("a metric that nobody logged is not taken", () => {
  expect(view("metric=nonsense").metric?.key).toBe("val/loss");
});

test("the filter narrows the default drawing; runs that were chosen stay drawn", () => {
  expect(view("schedule=step").selected.map(({ id }) => id)).toEqual(["b"]);
  const chosen = view("schedule=step&runs=a,c");
  expect(chosen.rows.map(({ id }) => id)).toEqual(["b"]);
  expect(chosen.selected.map(({ id }) => id)).toEqual(["c", "a"]);
});

test("sorting the table leaves the drawing's order alone", () => {
  const sorted = view("sort=name");
  expect(sorted.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(sorted.selected.map(({ id }) => id)).toEqual(["c", "b", "a"]);
});

test("families in words", () => {
  expect(familyLabel("cosine_restarts")).toBe("cosine restarts");
  expect(familyLabel(null)).toBe("none");
});
