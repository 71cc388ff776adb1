import { describe, expect, test } from "vitest";
import { named } from "@/lib/domain/query/fields";
import { groupOptions } from "@/lib/presenters/runs/group-options";
import { groupInks, inksText, readInks } from "@/lib/presenters/compare/group-inks";
import { groupOrder } from "@/lib/presenters/format/group-order";
import { compareHref } from "@/lib/presenters/runs/run-groups";
import { presentRuns } from "@/lib/presenters/runs/runs-view";
import { tableRow, wireProject } from "@/tests/support/wire";

describe("grouping", () => {
  const key = (field: string, ...values: string[]) => ({ field, runs: 9, values });

  test("is offered by every config key in which runs differ, up to a hundred", () => {
    const known = [key("config.lr", "0.1", "0.2"), key("config.model", "cnn")];
    expect(groupOptions({ columns: [], groupBy: named("name") }, known, false)).toEqual([
      "schedule",
      "audit",
      "group",
      "tag",
      "status",
      "seed",
      "config.lr",
      "name",
    ]);
    expect(groupOptions({ columns: [], groupBy: null }, known, true)[0]).toBe("project");
    const many = Array.from({ length: 130 }, (_, i) => key(`config.k${i}`, "a", "b"));
    expect(groupOptions({ columns: [], groupBy: null }, many, false)).toHaveLength(6 + 100);
  });

  test.each([
    ["group=schedule", "&by=family&inks=0~cosine,2~step"],
    ["group=seed", "&by=seed&inks=0~seed 1,2~seed 3"],
    ["group=config.opt", "&by=config.opt&inks=1~opt=b,2~"],
    ["group=status", ""],
    ["", ""],
  ])("%s goes to the comparison by its own word, each group in its colour", (search, expected) => {
    const [families, optimizers] = [
      ["cosine", "linear", "step"],
      ["b", "a", null],
    ];
    const rows = [0, 1, 2].map((i) => ({
      ...tableRow({ id: `r${i}`, seed: i + 1, schedule_family: families[i] ?? null }),
      values: { "config.opt": optimizers[i] ?? null },
    }));
    const scope = { project: wireProject({ runs: 3 }), metrics: [], search: new URLSearchParams(search) };
    const href = compareHref(["r0", "r2"], presentRuns(scope, rows, 0));
    expect(decodeURIComponent(href)).toBe(`/compare?runs=r0,r2${expected}`);
    const inks = groupInks(
      [
        { key: "cosine", label: "cosine" },
        { key: "step", label: "step" },
      ],
      readInks(new URLSearchParams(href).get("inks")),
    );
    expect(inks.get("step")).toBe(search === "group=schedule" ? "var(--run-2)" : "var(--run-1)");
  });

  test("a comma in a group's name survives the address; what cannot be read is left out", () => {
    const inks = new Map([["a,b", 3]]);
    expect(readInks(inksText(inks))).toEqual(inks);
    expect(readInks("x,1~y,~z")).toEqual(new Map([["y", 1]]));
  });

  test("those without a value take the last colour, numbers are counted", () => {
    const keys = ["", "lr 10", "lr 9"].map((key) => ({ key, label: key }));
    expect(groupOrder(keys).map(({ key }) => key)).toEqual(["lr 9", "lr 10", ""]);
  });
});
