import { describe, expect, test } from "vitest";
import { FirstSteps } from "@/components/projects/first-steps";
import { ProjectTable } from "@/components/projects/project-table";
import { RunningNow } from "@/components/projects/running-now";
import { renderHtml, textOf } from "@/tests/support/render";
import { wireProject, wireRun } from "@/tests/support/wire";

describe("the home page", () => {
  test("before there is a project: code for this server, and the examples", () => {
    const text = textOf(renderHtml(<FirstSteps origin="http://127.0.0.1:3000" arrived={[]} />));
    expect(text).toContain("Log your first run");
    expect(text).toContain('url="http://127.0.0.1:3000"');
    expect(text).toContain("Load example runs");
  });

  test("when the first project arrives, the page leads to it", () => {
    const html = renderHtml(
      <FirstSteps origin="http://h" arrived={[wireProject({ id: "p9", name: "mine" })]} />,
    );
    expect(textOf(html)).toContain("Open mine");
    expect(html).toContain('href="/projects/p9"');
  });

  test("a project's line has its runs and what is running", () => {
    const text = textOf(renderHtml(<ProjectTable projects={[wireProject({ runs: 12_345, running: 2 })]} />));
    expect(text).toContain("digits 12.3k 2 running");
  });

  test("a running job's line has its step and LR", () => {
    const run = wireRun({
      status: "running",
      last_step: 811,
      total_steps: 1200,
      last_logged_at: new Date().toISOString(),
    });
    const text = textOf(renderHtml(<RunningNow initial={{ items: [run], next_cursor: null }} />));
    expect(text).toContain("cosine-s0 812/1,200 running digits · lr 1.0e-3");
    expect(textOf(renderHtml(<RunningNow initial={{ items: [], next_cursor: null }} />))).toBe(
      "No run is under way.",
    );
  });
});
