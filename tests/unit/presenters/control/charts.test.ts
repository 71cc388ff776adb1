import { describe, expect, test } from "vitest";
import { evidenceWindow, presentEvidence } from "@/lib/presenters/control/evidence-chart";
import { groupRates } from "@/lib/presenters/control/group-rates";
import { miniPath, rangeOf } from "@/lib/presenters/control/mini-chart";
import { previewSchedule } from "@/lib/presenters/control/schedule-preview";
import { wireRun } from "@/tests/support/wire";

const point = (step: number, last: number | "NaN") => ({
  ...{ x: step, step, last, count: 1 },
  ...(last === "NaN" ? { min: null, max: null, mean: null } : { min: last, max: last, mean: last }),
});

describe("the evidence's chart", () => {
  const window = evidenceWindow({ evidence: { metric: "val/loss", step: 100, best_step: 60, best: 0.1 } })!;

  test("shows the standstill, some of what came before, and a little after", () => {
    expect(window).toEqual({ metric: "val/loss", step: 100, best: 60, from: 32, to: 120 });
    expect(evidenceWindow({ evidence: { current_lr: 0.1 } })).toBeNull();
    expect(evidenceWindow({ evidence: { metric: "a", step: 3, best_step: null } })).toMatchObject({
      from: 0,
      best: null,
    });
  });

  test("shades from the best to the firing, leaves out what is no number, and says its ends", () => {
    const chart = presentEvidence(window, [point(32, 3), point(60, 1), point(80, "NaN"), point(100, 2)])!;
    expect(chart).toMatchObject({
      band: { from: 60, to: 100 },
      x: { min: 32, max: 100 },
      ends: { top: "2.600", bottom: "1" },
    });
    expect(chart.lines[0]?.points).toHaveLength(3);
    expect(miniPath(chart, chart.lines[0]!)).toBe("M0.0 -250.0L411.8 1000.0L1000.0 375.0");
    expect(presentEvidence(window, [point(80, "NaN")])).toBeNull();
  });

  test("cuts off the fall before the standstill, so that the standstill can be judged", () => {
    const fall = [point(32, 30), point(40, 12), point(60, 1), point(80, 1.1), point(100, 1.05)];
    const chart = presentEvidence(window, fall)!;
    expect(chart.y.min).toBe(1);
    expect(chart.y.max).toBeCloseTo(1.68);
    expect(chart.ends).toEqual({ top: "1.680", bottom: "1" });
    const rising = fall.map(({ step, last }) => point(step, -Number(last)));
    expect(presentEvidence(window, rising)!.y).toEqual({ min: -chart.y.max, max: -1 });
    const noise = [point(32, 30), point(60, 1), point(80, 1 + 1e-9), point(100, 1)];
    expect(presentEvidence(window, noise)!.y.max).toBeCloseTo(1.58);
  });

  test("a flat line lies in the middle", () => {
    expect(rangeOf([2, 2])).toEqual({ min: 1, max: 3 });
    expect(rangeOf([0])).toEqual({ min: -1, max: 1 });
    expect(rangeOf([])).toEqual({ min: -1, max: 1 });
  });
});

describe("the preview of a change", () => {
  const steps = [0, 1, 2, 3, 4];
  const declared = { steps, x: steps, lrs: [[1, 0.8, 0.6, 0.4, 0.2]] };
  const known = { declared, effective: null, lr: 0.6, step: 2, group: 0 };
  const afterOf = (preview: ReturnType<typeof previewSchedule>) =>
    preview.chart?.lines.find(({ name }) => name === "after the change")?.points;

  test("scales the rest of the schedule", () => {
    const preview = previewSchedule({ kind: "scale_lr", factor: 0.5 }, known);
    expect(afterOf(preview)).toEqual([2, 3, 4].map((x, i) => ({ x, y: [0.3, 0.2, 0.1][i] })));
    expect(preview.numbers).toEqual([
      { name: "now", from: "0.6", to: "0.3" },
      { name: "at step 4", from: "0.2", to: "0.1" },
    ]);
    expect(preview.chart?.lines.map(({ name, dash }) => [name, dash])).toEqual([
      ["declared", "6 4"],
      ["after the change", "8 3 2 3"],
    ]);
  });

  test("on top of what was applied so far; a set meets its LR now", () => {
    const effective = { ...declared, lrs: [[1, 0.8, 0.3, 0.2, 0.1]] };
    const preview = previewSchedule({ kind: "set_lr", lr: 0.6 }, { ...known, effective, lr: 0.3 });
    expect(afterOf(preview)?.map(({ y }) => y)).toEqual([0.6, 0.4, 0.2]);
    expect(preview.chart?.lines).toHaveLength(3);
  });

  test("without a schedule, or at its end, only the LR of now can be told", () => {
    const alone = previewSchedule({ kind: "scale_lr", factor: 0.5 }, { ...known, declared: null });
    expect(alone).toEqual({ numbers: [{ name: "now", from: "0.6", to: "0.3" }], chart: null });
    expect(previewSchedule({ kind: "scale_lr", factor: 0.5 }, { ...known, step: 4 }).chart).toBeNull();
    expect(
      previewSchedule({ kind: "scale_lr", factor: 2 }, { ...known, declared: null, lr: null }).numbers[0],
    ).toMatchObject({ to: "–" });
  });

  test("each group is shown with its own LR, as far as it is logged", () => {
    const value = { min: 0, max: 1, step: 9 };
    const run = wireRun({
      summary: { lr: { ...value, last: 0.1 }, "lr/group_1": { ...value, last: "NaN" } },
    });
    const lr = { key: "lr", declared: { ...declared, lrs: [[1], [1], [1]] }, effective: null, actual: null };
    expect(groupRates(run, lr)).toEqual([0.1, null, null]);
    expect(groupRates(run, { ...lr, key: null, declared: null })).toEqual([null]);
  });
});
