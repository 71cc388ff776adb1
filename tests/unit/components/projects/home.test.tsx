import { describe, expect, test } from "vitest";
import { FirstSteps } from "@/components/projects/first-steps";
import { ProjectTable } from "@/components/projects/project-table";
import { RunningNow } from "@/components/projects/running-now";
import { renderHtml, textOf } from "@/tests/support/render";
import { wireProject, wireRun } from "@/tests/support/wire";

describe("the home page", () => {
  test("before there is a project: code for this server, and the examples", () => {
    const text = textOf(
      renderHtml(<FirstSteps origin="http://127.0.0.1:3000" arrived={[]} onLoaded={() => undefined} />),
    );
    expect(text).toContain("Log your first run");
    expect(text).toContain('url="http://127.0.0.1:3000"');
    expect(text).toContain("Load example runs");
  });

  test("when the first project arrives, the page leads to it", () => {
    const html = renderHtml(
      <FirstSteps
        origin="http://h"
        arrived={[wireProject({ id: "p9", name: "mine" })]}
        onLoaded={() => undefined}
      />,
    );
    expect(textOf(html)).toContain("Open mine");
    expect(html).toContain('href="/projects/p9"');
  });

  test("a project's line has its runs, what is running, silent and waiting, and how many drift", () => {
    const project = wireProject({ runs: 18, running: 2, silent: 1, drift: 10 });
    const html = renderHtml(<ProjectTable projects={[project]} waiting={new Map([["p1", 3]])} />);
    expect(textOf(html)).toContain("18 2 running 1 silent 3 waiting for you 10 of 18 drift");
    expect(html).toContain('href="/projects/p1?filter=audit%3Adrift"');
    expect(textOf(renderHtml(<ProjectTable projects={[wireProject()]} waiting={new Map()} />))).not.toMatch(
      /idle|drift|running/,
    );
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
      "No run is in progress.",
    );
  });

  test("silent jobs are one line, apart from those that run", () => {
    const quiet = wireRun({
      id: "r2",
      name: "asleep",
      status: "running",
      last_logged_at: "2026-11-23T20:00:00Z",
    });
    const html = renderHtml(<RunningNow initial={{ items: [quiet], next_cursor: null }} />);
    expect(textOf(html)).toContain("No run is in progress. 1 job has fallen silent asleep");
    expect(html).toContain("<details");
    expect(html).not.toContain("text-verified");
  });
});
