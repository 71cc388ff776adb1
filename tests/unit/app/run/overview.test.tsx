import { describe, expect, test } from "vitest";
import { diffConfigs } from "@/app/(dashboard)/projects/[projectId]/runs/[runId]/_view/config-diff";
import { Markdown } from "@/app/(dashboard)/projects/[projectId]/runs/[runId]/_view/markdown";
import { compareHref } from "@/app/(dashboard)/projects/[projectId]/runs/[runId]/_view/compare-href";
import { renderHtml, textOf } from "@/tests/support/render";
import { wireRun } from "@/tests/support/wire";

describe("notes", () => {
  test("are Markdown as GitHub writes it, under the page's own headings", () => {
    const html = renderHtml(
      <Markdown text={"# Why\n\n- [x] done\n- [ ] open\n\n| a |\n|---|\n| 1 |\n\n~~no~~"} />,
    );
    expect(html).toContain("<h3");
    expect(html).not.toContain("<h1");
    expect(html).toContain("<table");
    expect(html).toContain("<del>no</del>");
    expect(textOf(html)).toContain("☑ done");
    expect(html).not.toContain("<input");
  });

  test("bring no code of their own and fetch nothing from elsewhere", () => {
    const text =
      "<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![x](https://example.com/x.png)";
    const html = renderHtml(<Markdown text={text} />);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).not.toContain("javascript:");
  });
});

test("two configurations side by side: own order first, then what only the other one has", () => {
  const own = { optimizer: { lr: 0.1, name: "sgd" }, seed: 0 };
  const other = { optimizer: { lr: 0.1, name: "adam" }, amp: true };
  expect(diffConfigs(own, other)).toEqual([
    { path: "optimizer.lr", own: "0.1", other: "0.1", differs: false },
    { path: "optimizer.name", own: "sgd", other: "adam", differs: true },
    { path: "seed", own: "0", other: null, differs: true },
    { path: "amp", own: null, other: "true", differs: true },
  ]);
  expect(diffConfigs(own, own).some(({ differs }) => differs)).toBe(false);
});

test("a run is compared with the best one, the best one with its project", () => {
  const [run, best] = [wireRun({ id: "r1" }), wireRun({ id: "r2" })];
  expect(new URL(compareHref(run, best), "http://x").searchParams.get("runs")).toBe("r2,r1");
  expect(new URL(compareHref(run, null), "http://x").searchParams.get("project")).toContain("digits");
});
