import { describe, expect, test } from "vitest";
import { RunsTable } from "@/components/runs/runs-table";
import { presentRuns } from "@/lib/presenters/runs/runs-view";
import { renderHtml, textOf } from "@/tests/support/render";
import { tableRow, wireProject } from "@/tests/support/wire";

const nothing = () => {};

function table(count: number, url = "", selection = ["r0"]) {
  const rows = Array.from({ length: count }, (_, index) =>
    tableRow({ id: `r${index}`, name: `run ${index}`, project: { id: "p1", name: "digits", runs: count } }),
  );
  const scope = {
    project: wireProject({ runs: count }),
    metrics: [{ key: "val/loss", runs: count }],
    search: new URLSearchParams(url),
  };
  const view = presentRuns(scope, rows, Date.parse("2026-11-23T20:10:00Z"));
  return renderHtml(
    <RunsTable
      {...view}
      metric={view.metric?.key ?? null}
      drawn={new Set(["r0"])}
      selection={new Set(selection)}
      selected={selection.length}
      total={count}
      onSelect={nothing}
      onSelectAll={nothing}
      onSort={nothing}
      onMove={nothing}
      onResize={nothing}
      onToggleGroup={nothing}
    />,
  );
}

describe("the runs table", () => {
  test("a row says everything about its run and leads to it", () => {
    const html = table(1, "cols=status,schedule,best,last,lr,step,seed,group,duration");
    expect(textOf(html)).toMatch(
      /run 0 finished cosine 0\.0800 0\.0900 1\.0e-3 1,000\/1,000 0 cosine 1m 30s/,
    );
    expect(html).toContain('href="/projects/p1/runs/r0"');
    expect(html).toContain("var(--run-0)");
  });

  test("of ten thousand runs a screenful is in the document, and it knows how many there are", () => {
    const html = table(10_000);
    const lines = html.match(/<tr aria-rowindex/g)?.length ?? 0;
    expect(lines).toBeGreaterThan(20);
    expect(lines).toBeLessThan(80);
    expect(html).toContain('aria-rowcount="10001"');
  });

  test("the sorted columns say so, and which weighs more", () => {
    const html = table(2, "sort=-best,name");
    expect(html.match(/aria-sort="descending"/g)).toHaveLength(1);
    expect(html.match(/aria-sort="ascending"/g)).toHaveLength(1);
    expect(textOf(html)).toMatch(/Run 2 .*Best 1/);
  });

  test("the box of all is half ticked when some are", () => {
    const html = table(2, "", ["r1"]);
    expect(html).toContain('aria-checked="mixed"');
    expect(html).toContain('aria-checked="true"');
    expect(html).toContain('aria-checked="false"');
  });

  test("a group's box says whether all of its runs are ticked, or some", () => {
    const box = (selection: string[]) =>
      /aria-label="Select all of cosine" aria-checked="(\w+)"/.exec(
        table(2, "group=schedule", selection),
      )?.[1];
    expect([box([]), box(["r1"]), box(["r0", "r1"])]).toEqual(["false", "mixed", "true"]);
  });

  test("a group says how many it holds and their mean, and folds", () => {
    const open = table(3, "group=schedule&cols=best");
    expect(textOf(open)).toMatch(/cosine 3 runs 0\.0800 ± 0 .*run 0/);
    expect(open).toContain('aria-expanded="true"');
    const closed = table(3, "group=schedule&cols=best&closed=cosine");
    expect(closed).toContain('aria-expanded="false"');
    expect(textOf(closed)).not.toContain("run 0");
  });
});
