import { expect, test } from "vitest";
import { named } from "@/lib/domain/query/fields";
import { groupRows } from "@/lib/presenters/runs/run-groups";
import { presentRunRows } from "@/lib/presenters/runs/run-row";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";
import { HEALTH_WORDS, presentHeadline, presentVerdict, wordOf } from "@/lib/presenters/runs/verdict-words";
import { tableRow, wireRun } from "@/tests/support/wire";

test("only a match has a tick; a run that was not judged says nothing", () => {
  expect(presentVerdict({ audit: "match", figure: null })).toMatchObject({ word: "match", shape: "check" });
  expect(presentVerdict({ audit: "time_scale", figure: 20 })).toMatchObject({
    word: "20× too fast",
    tone: "drift",
    shape: "triangle",
  });
  expect(presentVerdict({ audit: null, figure: null })).toBeNull();
  for (const status of ["finished", "failed", "killed"] as const) {
    expect(presentRunStatus(wireRun({ status }), 0).shape).not.toBe("check");
  }
});

test("no word for a run's health is praise that a drift would belie", () => {
  expect(Object.values(HEALTH_WORDS).join()).not.toMatch(/health|good|fine|ok/);
  expect(wordOf(named("health"), "good")).toBe("loss fell");
});

test.each([
  [{ audit: "restarted", figure: 5, health: "diverged" }, "diverged"],
  [{ audit: "restarted", figure: 5, health: "good" }, "restarted"],
  [{ audit: "match", figure: null, health: "good" }, "match"],
  [{ audit: null, figure: null, health: "good" }, undefined],
  [{ audit: null, figure: null, health: "nan" }, "loss not finite"],
] as const)("of %j a person should know: %s", (verdict, word) => {
  expect(presentHeadline(verdict)?.word).toBe(word);
});

test("runs are grouped by the code of their verdict, in words", () => {
  const rows = presentRunRows(
    [
      tableRow({ id: "a", audit: "time_scale", figure: 20 }),
      tableRow({ id: "b", audit: "time_scale", figure: 2 }),
      tableRow({ id: "c", audit: null }),
    ],
    0,
  );
  const groups = groupRows(rows, named("audit"), []);
  expect(groups.map(({ label, rows: members }) => [label, members.length])).toEqual([
    ["wrong pace", 2],
    ["none", 1],
  ]);
});
