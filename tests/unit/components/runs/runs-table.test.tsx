import { describe, expect, test } from "vitest";
import { RunsTable } from "@/components/runs/runs-table";
import { presentRunRows } from "@/lib/presenters/runs/run-row";
import { parseSort } from "@/lib/presenters/runs/run-sort";
import { renderHtml, textOf } from "@/tests/support/render";
import { wireRun } from "@/tests/support/wire";

const PRIMARY = { key: "val/loss", mode: "min" } as const;

function table(count: number, { hidden = [] as string[], sort = "-createdAt", selected = ["r0"] } = {}) {
  const runs = Array.from({ length: count }, (_, index) =>
    wireRun({ id: `r${index}`, name: `run ${index}` }),
  );
  const rows = presentRunRows(runs, {
    total: count,
    primary: PRIMARY,
    now: Date.parse("2026-11-23T20:10:00Z"),
  });
  return renderHtml(
    <RunsTable
      rows={rows}
      selected={new Set(selected)}
      onSelect={() => {}}
      onSelectShown={() => {}}
      sort={parseSort(sort)}
      onSort={() => {}}
      hidden={hidden}
      metric={PRIMARY}
    />,
  );
}

describe("the runs table", () => {
  test("a row says everything about its run and leads to it", () => {
    const html = table(1);
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

  test("the sorted column says so", () => {
    const html = table(2, { sort: "-best" });
    expect(html.match(/aria-sort="descending"/g)).toHaveLength(1);
    expect(html.match(/aria-sort="none"/g)).toHaveLength(10);
  });

  test("columns can be hidden, and the box of all is half ticked", () => {
    const html = table(2, { hidden: ["group", "seed"] });
    expect(textOf(html)).not.toContain("Seed");
    expect(html).toContain('aria-checked="mixed"');
    expect(html).toContain('aria-checked="true"');
    expect(html).toContain('aria-checked="false"');
  });
});
