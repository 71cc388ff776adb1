import { expect, test } from "vitest";
import { mlflowTarget, projectCounts, projectHref } from "@/lib/presenters/projects/project-card";

test("counts in words, without what is zero", () => {
  expect(projectCounts({ runs: 161, running: 3, silent: 2 }, 1)).toEqual([
    ...["161 runs", "3 running", "2 silent", "1 waiting for you"],
  ]);
  expect(projectCounts({ runs: 1, running: 0, silent: 0 })).toEqual(["1 run"]);
});

test("an id goes into the path as it is meant", () => expect(projectHref("a b")).toBe("/projects/a%20b"));

test.each([
  ["#/experiments/7/runs/abc", "/projects/7/runs/abc"],
  ["#/experiments/7/runs/abc/", "/projects/7/runs/abc"],
  ["#/experiments/7", "/projects/7"],
  ["#/experiments/7?search=x", "/projects/7"],
  ["#/models/7", null],
  ["#content", null],
  ["", null],
])("%s leads to %s", (hash, target) => expect(mlflowTarget(hash)).toBe(target));
