import { describe, expect, test } from "vitest";
import { named } from "@/lib/domain/query/fields";
import { meanText, runsCsv } from "@/lib/presenters/runs/cell-text";
import { moveColumn, shiftColumn, toggleColumn, togglePin } from "@/lib/presenters/runs/column-edits";
import { chosenColumns, columnOf, presentColumns, withWidth } from "@/lib/presenters/runs/columns";
import { complete, vocabularyOf } from "@/lib/presenters/runs/filter-completion";
import { offeredColumns, shownColumns } from "@/lib/presenters/runs/offered-columns";
import { meanOf } from "@/lib/presenters/runs/run-groups";
import { bestField, presentRunRows } from "@/lib/presenters/runs/run-row";
import { parseRunSort, sortText, toggleSort } from "@/lib/presenters/runs/run-sort";
import { tableRow } from "@/tests/support/wire";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const PRIMARY = { key: "val/loss", mode: "min" } as const;
const search = (text = "") => new URLSearchParams(text);

describe("rows", () => {
  test("hold what the table was asked for", () => {
    const [row] = presentRunRows([tableRow({ id: "a.b", last_logged_at: null })], NOW);
    expect(row?.href).toBe("/projects/p1/runs/a.b");
    expect(row?.read(bestField(PRIMARY))).toBe(0.08);
    expect(row?.read({ kind: "metric", key: "other", stat: "last" })).toBeNull();
    expect(row?.read(named("duration"))).toBe(90);
    expect(row?.read(named("silent"))).toBeNull();
    expect(row?.read(named("created"))).toBe(Date.parse("2026-11-23T20:00:00Z"));
  });

  test("a running job's silence counts from what it logged last", () => {
    const [row] = presentRunRows([tableRow({ status: "running", ended_at: null })], NOW);
    expect(row?.read(named("silent"))).toBe(510);
  });
});

describe("columns", () => {
  const ids = (text: string, overAll = false) =>
    presentColumns(search(text), PRIMARY, overAll).map(({ id }) => id);

  test("the name first, then what is pinned, then the others as chosen; nonsense is left out", () => {
    expect(ids("cols=seed,nonsense,best,config.lr,seed&pin=best")).toEqual([
      "name",
      "best",
      "seed",
      "config.lr",
    ]);
    expect(ids("cols=name")).toEqual(["name"]);
    expect(ids("", true)[1]).toBe("project");
  });

  test("config, schedule, metrics with every figure, and at a step", () => {
    expect(columnOf('config.optimizer."a b"', PRIMARY)).toMatchObject({ title: "a b" });
    expect(columnOf("metric:val/loss:max", PRIMARY)).toMatchObject({
      title: "val/loss max",
      descending: true,
    });
    expect(columnOf("metric:val/loss@500", PRIMARY)).toMatchObject({
      title: "val/loss @ 500",
      content: { kind: "at_step", key: "val/loss", step: 500 },
    });
    expect(columnOf("best", null)).toMatchObject({ content: { kind: "nothing" } });
  });

  test("are added, taken away, moved, pinned and made wider in the URL", () => {
    const some = search("cols=status,best,seed");
    expect(toggleColumn(some, false, "config.lr")).toEqual({ cols: "status,best,seed,config.lr" });
    expect(toggleColumn(some, false, "best")).toEqual({ cols: "status,seed" });
    expect(toggleColumn(search("cols=status"), false, "status")).toEqual({ cols: "name" });
    expect(moveColumn(some, false, "seed", "best")).toEqual({ cols: "status,seed,best" });
    expect(shiftColumn(some, false, "status", 1)).toEqual({ cols: "best,status,seed" });
    expect(shiftColumn(some, false, "status", -1)).toEqual({});
    expect(togglePin(search("pin=best"), "seed")).toEqual({ pin: "best,seed" });
    expect(togglePin(search("pin=best"), "best")).toEqual({ pin: "" });
    const wide = search(`widths=${withWidth(search("widths=best~90"), "seed", 9999)}`);
    const widths = presentColumns(wide, PRIMARY, false).map(({ id, width }) => `${id} ${width}`);
    expect(widths).toEqual(expect.arrayContaining(["best 90", "seed 800"]));
  });

  test("back where they were, the URL says nothing", () => {
    const usual = chosenColumns(search(), false);
    const [first = ""] = usual;
    const moved = shiftColumn(search(), false, first, 1);
    expect(shiftColumn(search(`cols=${moved.cols}`), false, first, -1)).toEqual({ cols: null });
  });

  test("what is shown is found by title, id and description, the name never", () => {
    const columns = presentColumns(search("cols=seed,best,lr"), PRIMARY, false);
    const found = (text: string) => shownColumns(columns, text).map(({ id }) => id);
    expect(found("")).toEqual(["seed", "best", "lr"]);
    expect(found("NOW")).toEqual(["lr"]);
    expect(found("val loss")).toEqual(["best"]);
    expect(found("run")).toEqual([]);
  });

  test("what can be added is not there yet and holds every word", () => {
    const view = { columns: presentColumns(search("cols=seed"), PRIMARY, false), metrics: ["val/loss"] };
    const known = [{ field: "config.optimizer.lr", runs: 3, values: ["0.1"] }];
    const offered = (text: string) => offeredColumns(view, known, text).map(({ id }) => id);
    expect(offered("")).not.toContain("seed");
    expect(offered("val max")).toEqual(["metric:val/loss:max"]);
    expect(offered("opt lr")).toEqual(["config.optimizer.lr"]);
    expect(offered("zzz")).toEqual([]);
  });
});

describe("the order", () => {
  const parse = (text: string | null) => parseRunSort(text, PRIMARY);
  const best = { id: "best", field: bestField(PRIMARY), descending: false };
  const step = { id: "step", field: named("step"), descending: true };

  test("a click turns a column round, with Shift it joins, turns, and leaves", () => {
    const newest = parse(null);
    expect(sortText(newest)).toBeNull();
    const one = toggleSort(newest, best, false);
    expect(sortText(one)).toBe("best");
    expect(sortText(toggleSort(one, best, false))).toBe("-best");
    const two = toggleSort(one, step, true);
    expect(sortText(two)).toBe("best,-step");
    const turned = toggleSort(two, step, true);
    expect(sortText(turned)).toBe("best,step");
    expect(sortText(toggleSort(turned, step, true))).toBe("best");
  });

  test("survives the URL", () => {
    const text = '-best,config."a,b",-metric:val/loss:max';
    expect(sortText(parse(text))).toBe(text);
  });
});

describe("means of groups", () => {
  const rows = (values: (number | "NaN")[]) =>
    presentRunRows(
      values.map((value) => tableRow({ values: { "metric:val/loss:min": value } })),
      NOW,
    );

  test("come with half the width of Student's interval, over the finite ones", () => {
    // R: t.test(c(1, 2, 3))$conf.int is -0.4841377 … 4.4841377
    const found = meanOf(rows([1, 2, 3, "NaN"]), bestField(PRIMARY));
    expect(found).toMatchObject({ n: 3, mean: 2 });
    expect(found?.half).toBeCloseTo(2.4841377, 6);
    expect(found && meanText(found)).toBe("2 ± 2.5");
  });

  test("one alone has no interval, none no mean", () => {
    expect(meanOf(rows([0.25]), bestField(PRIMARY))).toEqual({ n: 1, mean: 0.25, half: null });
    expect(meanOf(rows(["NaN"]), bestField(PRIMARY))).toBeNull();
  });
});

describe("completion", () => {
  const rows = presentRunRows(
    [tableRow({ tags: ["base", "a b"] }), tableRow({ id: "2", tags: ["base"], group: null })],
    NOW,
  );
  const known = [{ field: "config.optimizer.lr", runs: 2, values: ["0.1", "0.01"] }];
  const vocabulary = vocabularyOf(rows, ["val/loss"], known);
  const offers = (text: string) => complete(text, vocabulary).map(({ value }) => value);

  test.each([
    ["stat", "status:"],
    ["seed<3 -sta", "seed<3 -status:"],
    ["status:fa", "status:failed "],
    ["tag:", "tag:base "],
    ["(tag:a", '(tag:"a b" '],
    ["opt", "config.optimizer.lr:"],
    ["config.optimizer.lr:", "config.optimizer.lr:0.1 "],
    ["val", "val/loss"],
  ])("%s goes on as %s", (text, value) => expect(offers(text)).toContain(value));

  test("what is complete is not offered again", () => {
    expect(offers("status:failed")).toEqual([]);
    expect(offers("tag:base ")).toContain("tag:base status:");
  });
});

test("CSV has every digit, ISO times, quotes where needed, and no formulas", () => {
  const rows = presentRunRows([tableRow({ name: '=1+"a"', tags: ["x", "y"], group: "-5" })], NOW);
  const columns = presentColumns(search("cols=created,tag,best,spark,group"), PRIMARY, false);
  expect(runsCsv(columns, rows)).toBe(
    'id,name,created,tag,best val/loss,group\r\nr1,"\'=1+""a""",2026-11-23T20:00:00.000Z,x y,0.08,-5\r\n',
  );
});
