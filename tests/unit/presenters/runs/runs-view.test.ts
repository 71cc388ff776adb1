import { describe, expect, test } from "vitest";
import { neededColumns, presentRuns, toggleClosed } from "@/lib/presenters/runs/runs-view";
import { tableRow, wireProject } from "@/tests/support/wire";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const METRICS = [
  { key: "val/loss", runs: 3 },
  { key: "val/acc", runs: 1 },
];
const owner = { id: "p1", name: "digits", runs: 3 };
const rows = [
  tableRow({
    id: "c",
    place: 4,
    name: "c",
    status: "running",
    ended_at: null,
    tags: ["x", "y"],
    project: owner,
  }),
  tableRow({
    id: "b",
    place: 1,
    name: "b",
    schedule_family: "step",
    tags: ["y"],
    project: owner,
    values: { "metric:val/loss": "NaN", "metric:val/loss:min": 0.05, "config.lr": 0.1 },
  }),
  tableRow({ id: "a", name: "a", project: owner, values: { "metric:val/loss:min": 0.1, "config.lr": 0.01 } }),
];
const project = wireProject({ runs: 3 });
const scope = (search: string) => ({ project, metrics: METRICS, search: new URLSearchParams(search) });
const view = (search: string, given = rows) => presentRuns(scope(search), given, NOW);
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id).join("");

test("without parameters: newest first, the newest drawn, the primary metric, its LR", () => {
  const plain = view("");
  expect([idsOf(plain.rows), idsOf(plain.drawn)]).toEqual(["cba", "cba"]);
  expect(plain.metric).toEqual({ key: "val/loss", mode: "min" });
  expect(plain.lrKey).toBe("lr");
  expect(plain.lines.map(({ key }) => key)).toEqual(["c", "b", "a"]);
});

test("a run's colour is by its place in its project, filtered or not, archived or not", () => {
  const archived = rows.map((row) =>
    row.id === "b" ? { ...row, archived_at: "2026-11-23T20:00:00Z" } : row,
  );
  const shown = view("", archived);
  expect(shown.rows.map(({ id, index }) => `${id}${index}`)).toEqual(["c4", "a0"]);
  expect(idsOf(view("filter=archived:true", archived).rows)).toBe("b");
});

test("another metric changes what best is about", () => {
  const other = view("metric=val/acc");
  expect(other.metric).toEqual({ key: "val/acc", mode: "max" });
  expect(other.columns.find(({ id }) => id === "best")).toMatchObject({
    about: "best val/acc",
    descending: true,
    content: { field: { key: "val/acc", stat: "max" } },
  });
  expect(view("metric=nonsense").metric?.key).toBe("val/loss");
});

test("a loss is read on a log axis, a score on a linear one, unless the URL says otherwise", () => {
  expect(view("").scale).toBe("log");
  expect(view("metric=val/acc").scale).toBe("linear");
  expect(view("scale=linear").scale).toBe("linear");
  expect(view("scale=cubic").scale).toBe("log");
});

test("the filter narrows the default drawing; runs that were chosen stay drawn", () => {
  expect(idsOf(view("filter=schedule:step").drawn)).toBe("b");
  const chosen = view("filter=schedule:step&runs=a,c");
  expect([idsOf(chosen.rows), idsOf(chosen.drawn)]).toEqual(["b", "ca"]);
});

test("the first runs of the table are drawn, in its order", () => {
  expect(idsOf(view("sort=name").drawn)).toBe("abc");
  expect(idsOf(view("sort=name&runs=c,a").drawn)).toBe("ac");
  const many = Array.from({ length: 12 }, (_, i) => tableRow({ id: `r${i}`, name: `n${i}`, seed: 12 - i }));
  expect(view("sort=seed", many).drawn.map(({ id }) => id)).toEqual(
    Array.from({ length: 8 }, (_, i) => `r${11 - i}`),
  );
});

test("a filter takes a metric's name and a column's title, and asks the server for them", () => {
  expect(idsOf(view("filter=val/loss:min<0.07").rows)).toBe("b");
  expect(idsOf(view("filter=BEST<0.07").rows)).toBe("b");
  expect(neededColumns(scope("cols=status&filter=val/acc>0.5")).split(",")).toContain("metric:val/acc");
});

test("a filter that cannot be read narrows nothing and says why", () => {
  const broken = view("filter=status:dancing");
  expect(idsOf(broken.rows)).toBe("cba");
  expect(broken.filter.error).toMatchObject({ position: 7 });
});

test("several keys of the order, missing and not finite last", () => {
  expect(idsOf(view("sort=best").rows)).toBe("bca");
  expect(idsOf(view("sort=-last").rows)).toBe("cba");
  expect(idsOf(view("sort=-schedule,name").rows)).toBe("bac");
  expect(idsOf(view("sort=config.lr").rows)).toBe("abc");
  expect(idsOf(view("sort=nonsense").rows)).toBe("cba");
});

describe("groups", () => {
  test("stand above their members; a run with two tags is in both; those without come last", () => {
    const { lines } = view("group=tag");
    expect(lines.map((line) => (line.kind === "group" ? `[${line.group.label}]` : line.row.id))).toEqual([
      ...["[x]", "c", "[y]", "c", "b", "[none]", "a"],
    ]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  test("fold up, also the one without a value, and unfold", () => {
    const once = new URLSearchParams({ group: "tag", closed: toggleClosed(new URLSearchParams(), "x") });
    const both = new URLSearchParams({ group: "tag", closed: toggleClosed(once, "") });
    expect(view(both.toString()).lines.map((line) => line.kind === "group" && line.open)).toEqual([
      ...[false, true, false, false, false],
    ]);
    expect(toggleClosed(both, "x")).toBe('""');
    expect(toggleClosed(once, "x")).toBe("");
  });

  test("by a metric's order: the best mean first", () => {
    const labels = (search: string) =>
      view(search).lines.flatMap((line) => (line.kind === "group" ? [line.group.label] : []));
    expect(labels("group=schedule&sort=best")).toEqual(["step", "cosine"]);
    expect(labels("group=schedule&sort=-best")).toEqual(["cosine", "step"]);
    expect(labels("group=schedule")).toEqual(["cosine", "step"]);
  });

  test("a field that is none groups nothing", () => expect(view("group=!").groupBy).toBeNull());
});

test("the table is asked for what the view shows, sorts, filters and groups by, each once", () => {
  const asked = (search: string) => neededColumns(scope(search));
  expect(asked("")).toBe("metric:val/loss,metric:val/loss:min");
  expect(
    asked(
      "cols=status,config.lr,metric:val/acc:max&sort=-config.b&filter=config.lr>1 schedule.peak:2&group=config.c",
    ),
  ).toBe("config.b,config.c,config.lr,metric:val/acc:max,metric:val/loss,metric:val/loss:min,schedule.peak");
  expect(neededColumns({ project: null, metrics: [], search: new URLSearchParams() })).toBe("");
});
