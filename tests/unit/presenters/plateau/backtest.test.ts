import { describe, expect, test } from "vitest";
import type { PolicyBacktest } from "@/lib/contracts/backtest";
import { presentBacktestChart } from "@/lib/presenters/plateau/backtest-chart";
import { backtestRows, heatMap } from "@/lib/presenters/plateau/backtest-table";
import {
  candidateCss,
  freeLetter,
  policyOf,
  startCandidates,
  withCandidate,
} from "@/lib/presenters/plateau/candidates";

const firing = (step: number, lr: number) => ({ step, since_step: 0, message: `at ${step}`, lr });
const result = (change: Partial<PolicyBacktest> = {}): PolicyBacktest => ({
  ...{ metric: "loss", description: "loss: ×0.5", checks: 100, early: 0, count: 2, first_step: 300 },
  ...{ delay_steps: 100, delay_checks: 10, stall: { step: 200, check: 20, material: 0.1, noise: 0 } },
  firings: [firing(300, 0.05), firing(500, 0.025)],
  ...change,
});
const none = { count: 0, first_step: null, early: 0, delay_steps: null, delay_checks: null };

describe("candidates", () => {
  test("start with the run's own policies where a form can hold them, else with two rules", () => {
    const own = { metric: "loss", detector: "keras", patience: 4, action: "apply" };
    const library = { metric: "loss", constructor: "ReduceLROnPlateau", config: {} };
    expect(startCandidates([library, own], "x", "min").map(policyOf)).toEqual([own]);
    const fresh = startCandidates([library], "acc", "max").map(policyOf);
    expect(fresh).toMatchObject([
      { metric: "acc", mode: "max", detector: "torch", patience: 10 },
      { metric: "acc", mode: "max", detector: "trend", window: 30, threshold: 0.005 },
    ]);
  });

  test("a removed letter is given again, so that colours stay with the others", () => {
    const [a, b] = startCandidates([], "loss", "min");
    expect(withCandidate([b!], a!.draft, { patience: 7 }).map(({ letter }) => letter)).toEqual(["B", "A"]);
    expect(withCandidate([a!, b!], a!.draft, { patience: 7, threshold: 0.1 })[2]).toMatchObject({
      letter: "C",
      draft: { patience: "7", threshold: "0.1", detector: "torch" },
    });
    expect(candidateCss("A")).not.toBe(candidateCss("B"));
  });

  test("at most six", () => {
    let all = startCandidates([], "loss", "min");
    for (let i = 0; i < 9; i++) all = withCandidate(all, all[0]!.draft);
    expect(all.map(({ letter }) => letter).join("")).toBe("ABCDEF");
    expect(freeLetter(all)).toBeNull();
  });
});

describe("rows", () => {
  const row = (change: Partial<PolicyBacktest>, baseLr: number | null = 0.1) =>
    backtestRows([{ letter: "A", result: result(change) }], baseLr)[0]!;

  test("a policy that fired after the stall", () => {
    expect(row({})).toMatchObject({
      ...{ fired: "2 times", first: "step 300", delay: "10 checks after", lrs: "0.05, 0.025", why: "at 300" },
    });
  });

  test.each([
    [{ early: 3 }, "3 before, 10 checks after"],
    [{ early: 3, delay_checks: null }, "3 before, not since"],
    [{ delay_checks: 1 }, "1 check after"],
    [{ stall: null }, "no stall seen"],
    [{ ...none, stall: null, firings: [] }, ""],
  ])("%j is told as %j", (change, delay) => expect(row(change).delay).toBe(delay));

  test("without an LR its rates are shares; many are cut short", () => {
    const firings = [0.5, 0.25, 0.125, 0.0625, 0.03125].map((lr, i) => firing(i, lr));
    expect(row({ firings }, null).lrs).toBe("×0.5, ×0.25, ×0.125, ×0.0625, …");
  });

  test("one that never fired", () => {
    expect(row({ ...none, firings: [] })).toMatchObject({ fired: "never", first: "", lrs: "", why: null });
  });
});

describe("the heat map", () => {
  const fires = { count: 4, first_step: 1200, early: 1, delay_steps: 5, delay_checks: 1 };
  const map = heatMap({ policy: 0, patience: [2, 30], threshold: [0.01], cells: [[fires], [none]] });

  test("a cell says all in its label, and colour goes with the count", () => {
    expect(map.thresholds).toEqual(["0.01"]);
    expect(map.rows[0]?.cells[0]).toMatchObject({ count: "4", first: "1,200", share: 1, early: true });
    expect(map.rows[0]?.cells[0]?.label).toBe(
      "Patience 2, threshold 0.01: fires 4 times, first at step 1,200, 1 before the stall. Try it.",
    );
    expect(map.rows[1]?.cells[0]).toMatchObject({ count: "0", first: "", share: 0, early: false });
    expect(map.rows[1]?.cells[0]?.label).toBe("Patience 30, threshold 0.01: never fires. Try it.");
  });
});

describe("the chart", () => {
  const point = (step: number, value: number) => ({
    ...{ x: step, step, last: value, min: value, max: value, mean: value, count: 1 },
  });
  const run = { id: "r", name: "run" };
  const series = [
    {
      run_id: "r",
      key: "loss",
      level: 0,
      points: [0, 500, 1000].map((step) => point(step, 2 - step / 1000)),
    },
  ];
  const chart = (results: PolicyBacktest[]) =>
    presentBacktestChart({
      ...{ series, run, metric: "loss" },
      tried: results.map((one, i) => ({ letter: "ABC"[i] ?? "", result: one })),
    });

  test("marks each firing in its candidate's colour and row, and the stall apart", () => {
    const model = chart([result(), result({ firings: [firing(900, 1)] })]);
    if (model.state !== "ready") throw new Error("empty");
    expect(model.rules.map(({ x, label, lane, anchor }) => [x, label, lane, anchor])).toEqual([
      [200, "stalled here (estimate)", 0, "start"],
      [300, "A", 1, "start"],
      [500, "A", 1, "start"],
      [900, "B", 2, "end"],
    ]);
    expect(model.rules[1]?.ink.css).toBe(candidateCss("A"));
    expect(model.summary).toContain("A fired at step 300, 500. B fired at step 900 and later.");
  });

  test("labels that would overlap are left out; no rule is", () => {
    const model = chart([
      result({ firings: [300, 310, 320, 340].map((step) => firing(step, 1)), stall: null }),
    ]);
    if (model.state !== "ready") throw new Error("empty");
    expect(model.rules.map(({ label }) => label)).toEqual(["A", "", "", "A"]);
  });

  test("a metric that is not there says so", () => {
    expect(presentBacktestChart({ series: [], run, metric: "loss", tried: [] })).toMatchObject({
      state: "empty",
    });
  });
});
