import { describe, expect, test } from "vitest";
import { named } from "@/lib/domain/query/fields";
import { groupOptions } from "@/lib/presenters/runs/group-options";
import { comparedBy } from "@/lib/presenters/runs/run-groups";

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
    [named("schedule"), "family"],
    [named("tag"), "tag"],
    [named("audit"), null],
    [{ kind: "config", path: ["optimizer", "lr"] } as const, "config.optimizer.lr"],
    [null, null],
  ])("goes to the comparison by its own word", (field, word) => expect(comparedBy(field)).toBe(word));
});
