import { describe, expect, test } from "vitest";
import { firstRunSnippets } from "@/lib/presenters/projects/first-run";
import { mlflowTarget, projectCounts, projectHref } from "@/lib/presenters/projects/project-card";
import { LogMetricsBody } from "@/lib/contracts/metrics";
import { CreateRunBody } from "@/lib/contracts/runs";

test("counts in words, without what is zero", () => {
  expect(projectCounts({ runs: 161, running: 3 }, 1)).toEqual(["161 runs", "3 running", "1 waiting for you"]);
  expect(projectCounts({ runs: 1, running: 0 })).toEqual(["1 run"]);
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

describe("the first run's code", () => {
  const [python, curl] = firstRunSnippets("http://127.0.0.1:3000", 'my "project"');

  test("names this server and quotes the project", () => {
    expect(python?.code).toContain('API = "http://127.0.0.1:3000/api/v1"');
    expect(python?.code).toContain('"project": "my \\"project\\""');
  });

  test("the curl bodies are what the API takes", () => {
    const bodies = [...(curl?.code ?? "").matchAll(/-d '(.*?)'$/gms)].map(([, body = ""]) =>
      JSON.parse(body),
    );
    expect(bodies).toHaveLength(2);
    expect(CreateRunBody.parse(bodies[0])).toMatchObject({ project: 'my "project"', id: "first-run" });
    expect(LogMetricsBody.parse(bodies[1]).points).toHaveLength(2);
  });

  test("an apostrophe does not end the shell's quotes", () => {
    const code = firstRunSnippets("http://h", "it's").find(({ id }) => id === "curl")?.code;
    expect(code).toContain(`"project":"it'\\''s"`);
  });
});
