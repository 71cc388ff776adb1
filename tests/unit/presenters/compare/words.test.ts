import { describe, expect, test } from "vitest";
import { chooseMetric } from "@/lib/presenters/compare/choose-metric";
import { groupByOptions } from "@/lib/presenters/compare/group-by";
import { pairRows, pairsNote, runsText } from "@/lib/presenters/compare/pair-rows";
import { groupInks } from "@/lib/presenters/compare/group-inks";
import { htmlReport, markdownReport } from "@/lib/presenters/compare/report";
import { reportColors } from "@/lib/presenters/compare/svg-curves";
import { bodyOf, parseCompareView, projectsText, questionOf, searchOf } from "@/lib/presenters/compare/view";
import { group, outcome } from "@/tests/support/outcomes";
import { answerFor, CURVES } from "./fixtures";

const view = (text: string) => parseCompareView(new URLSearchParams(text));
const LOSS = { key: "val/loss", mode: "min" } as const;

describe("the address", () => {
  test("asks a question, and a question makes the address", () => {
    const text =
      "project=digits&by=config.optimizer.lr&metric=acc&mode=max&at=best&target=0.9&baseline=lr%3D1";
    const question = questionOf(view(text), LOSS);
    expect(question).toEqual({
      project: "digits",
      by: "config.optimizer.lr",
      metric: "acc",
      mode: "max",
      at: "best",
      target: 0.9,
      baseline: "lr=1",
    });
    const search = new URLSearchParams(
      Object.entries(searchOf(question!)).filter((entry): entry is [string, string] => entry[1] !== null),
    );
    expect(questionOf(parseCompareView(search), null)).toEqual(question);
  });

  test("runs win over projects; several projects are several", () => {
    expect(questionOf(view("runs=a,b,a&project=p"), LOSS)).toMatchObject({ runs: ["a", "b"] });
    expect(
      questionOf(view(`project=${encodeURIComponent(projectsText(["p", "q, r"]))}`), LOSS),
    ).toMatchObject({
      projects: ["p", "q, r"],
    });
  });

  test("what is left out is the project's own metric, the last value and the schedule", () => {
    expect(questionOf(view("runs=a"), LOSS)).toEqual({
      runs: ["a"],
      by: "schedule",
      metric: "val/loss",
      mode: "min",
      at: "final",
    });
    expect(questionOf(view("runs=a&metric=val/acc"), LOSS)?.mode).toBe("max");
  });

  test.each([
    "by=phase",
    "at=noon",
    "target=x",
    "target=",
    "mode=up",
    "scale=cubic",
    "from=9&to=3",
    "stat=mode",
  ])("what cannot be understood is as if absent: %s", (text) => {
    expect(view(text)).toEqual(view(""));
  });

  test("no runs, or no metric, is no question", () => {
    expect(questionOf(view(""), LOSS)).toBeNull();
    expect(questionOf(view("runs=a"), null)).toBeNull();
  });

  test("what the API refuses is asked all the same: it says what is wrong", () => {
    expect(questionOf(view("runs=not an id"), LOSS)?.runs).toEqual(["not an id"]);
  });

  test("a metric on the x axis of the scatter plot is asked for besides", () => {
    const question = questionOf(view("runs=a"), LOSS)!;
    expect(bodyOf(question, "metric.lr").extra).toEqual(["lr"]);
    expect(bodyOf(question, "config.lr").extra).toEqual([]);
  });
});

test.each([
  [null, ["train/loss", "val/loss"], { key: "val/loss", mode: "min" }],
  [null, ["acc"], { key: "acc", mode: "max" }],
  [{ key: "acc", mode: "max" } as const, ["loss"], { key: "acc", mode: "max" }],
  [null, [], null],
])("the metric to begin with: %j of %j", (declared, metrics, expected) => {
  expect(chooseMetric(declared, metrics)).toEqual(expected);
});

test("grouping is offered by config entries that differ, and by what the address says", () => {
  const options = groupByOptions(answerFor([group("a", [1]), group("b", [2])]), "config.gone");
  expect(options.slice(-2)).toEqual([
    { value: "config.batch_size", label: "batch_size" },
    { value: "config.gone", label: "config.gone" },
  ]);
});

describe("tables", () => {
  const answer = answerFor([
    group("a", [1, 1.1, 1.2, 1.3], true),
    group("b", [2, 2.1, 2.2, 2.3], true),
    group("c", [1, NaN, null]),
  ]);

  test("pairs, the clearest first, with the other way to look at them", () => {
    const rows = pairRows(answer);
    expect(rows.map(({ a, b }) => `${a} ${b}`)[0]).toBe("a b");
    expect(rows[0]).toMatchObject({
      improvement: "100 %",
      p: "0.029",
      smallest: "0.029",
      how: "4 against 4 runs",
    });
    expect(rows[0]?.difference).toMatch(/^−1/);
    expect(rows[0]?.other).toContain("4 pairs by seed");
    expect(rows[0]?.shown).toBe(false);
    expect(rows.find(({ a }) => a === "c")?.how).toContain("on ranks");
  });

  test("runs are counted with those that have no number", () => {
    expect(answer.groups.map(runsText)).toEqual(["1 of 3 (1 diverged, 1 without)", "4", "4"]);
  });
});

describe("reports", () => {
  const answer = answerFor([group("<b>&", [1, 1.1]), group("a|b", [2, 2.1])]);
  const curves = { last_step: 20, sets: [CURVES], lr: CURVES };
  const input = {
    title: "T <i>",
    notes: "two\nlines",
    url: "http://x/compare?a=1&b=2",
    made: "today",
    answer,
    curves,
  };

  test("Markdown: the verdict, what to know, the tables", () => {
    const text = markdownReport(input);
    expect(text).toContain("# T \\<i>");
    expect(text).toContain(`**${answer.verdict.text.replaceAll("|", "\\|").replaceAll("<", "\\<")}**`);
    expect(text).toContain("two\nlines");
    const rows = text.split("\n").filter((row) => row.startsWith("| "));
    expect(rows.find((row) => row.startsWith("| a\\|b |"))).toBeDefined();
    expect(text).toContain("Made today from <http://x/compare?a=1&b=2>.");
  });

  test("of several groups: the same verdict, order and lines as on the page", () => {
    const spread = (mean: number) => [-0.2, -0.1, 0, 0.1, 0.2].map((x) => mean + x);
    const several = answerFor([group("worst", spread(9)), group("a", spread(1)), group("b", spread(1.05))]);
    const [text, html] = [{ ...input, answer: several }].flatMap((one) => [
      markdownReport(one),
      htmlReport(one),
    ]);
    for (const report of [text, html]) {
      expect(report).toContain("a and b cannot be told apart by final val/loss");
      expect(report).toContain("worse than a");
      expect(report).toContain("more than 100 further runs a group");
    }
    expect(html).toContain("Groups joined by a line cannot be told apart.");
    expect(html!.indexOf(">b</text>")).toBeLessThan(html!.indexOf(">worst</text>"));
    expect(pairsNote(several)).toContain("one joint test");
    expect(pairsNote(answerFor([group("a", [1, 2]), group("b", [3, 4])]))).toBeNull();
  });

  test("HTML: the same with pictures, nothing fetched, nothing run, names as text", () => {
    const html = htmlReport(input);
    expect(html).toContain("<h1>T &lt;i&gt;</h1>");
    expect(html).toContain("&lt;b&gt;&amp;");
    expect(html).not.toMatch(/<b>|<script|<link|src=|NaN/);
    // Curves, LR, and the means with their intervals.
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html.match(/<circle /g)).toHaveLength(answer.groups.filter(({ n }) => n > 0).length);
    expect(html.match(/<polyline /g)).toHaveLength(4);
    // The first group's band, in the metric's picture only; its axis begins at 1 on a log scale, so −0.5 is its floor.
    expect(html.match(/<polygon /g)).toHaveLength(1);
  });

  test("HTML: a group has the hue that it has on the page, however it ranks", () => {
    const colors = reportColors(answer.groups);
    const [first, second] = [...answer.groups].sort((a, b) => (a.label < b.label ? -1 : 1));
    expect([colors.get(first!.key), colors.get(second!.key)]).toEqual(["#4269d0", "#c9710f"]);
    expect([...groupInks(answer.groups).keys()]).toEqual([...colors.keys()]);
  });

  test("over several projects with the ranking", () => {
    const over = (...values: [number, number]) =>
      values.map((value, i) => outcome(value, { project: `p${i}` }));
    const ranked = answerFor([
      { ...group("a", []), outcomes: over(1, 2) },
      { ...group("b", []), outcomes: over(3, 4) },
    ]);
    const text = markdownReport({ ...input, answer: ranked });
    expect(text).toContain("## Average rank over projects");
    expect(text).toContain("| a | 1 | one run each | 1 | 1 |");
    expect(markdownReport(input)).not.toContain("Average rank");
  });
});
