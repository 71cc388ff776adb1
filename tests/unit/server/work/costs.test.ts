import { expect, test } from "vitest";
import { scheduledLrCost } from "@/lib/server/overlay/scheduled-lr";
import { backtestCost, evaluateCost, exportCost, healthCost, weightOf } from "@/lib/server/work/costs";

const constant = { kind: "constant" as const, value: 0.1 };
const step = { constructor: "StepLR", kwargs: { step_size: 1 } };

test("a value of a plain schedule counts once", () => {
  expect(weightOf(constant)).toBe(1);
  expect(evaluateCost({ schedule: constant, steps: 500 })).toBe(500);
});

test("a schedule counts once for each param group, and by the length of its text", () => {
  expect(weightOf({ kind: "groups", groups: Array.from({ length: 3 }, () => ({ spec: constant })) })).toBe(3);
  expect(weightOf({ ...step, base_lrs: [0.1, 0.2] })).toBe(2);
  const milestones = Array.from({ length: 1000 }, (_, i) => 10_000 + i);
  const listed = { kind: "multi_step" as const, peak: 0.1, milestones, gamma: 0.9 };
  expect(weightOf(listed)).toBe(JSON.stringify(listed).length / 200);
});

test("a step counts all steps before it, since some schedules are followed to it", () => {
  expect(evaluateCost({ schedule: constant, steps: [3, 999] })).toBe(1000);
  expect(evaluateCost({ schedule: { ...step, stepping: { mode: "step", count: 700 } } })).toBe(700);
  expect(evaluateCost({ schedule: { ...step, stepping: { mode: "calls", calls: [null, 1] } } })).toBe(2);
  expect(evaluateCost({ schedule: { ...step, stepping: { mode: "eval", steps: [5, 9] } } })).toBe(9);
  expect(evaluateCost({ schedule: { ...step, stepping: { unit: "step", calls: 3000 } }, steps: 50 })).toBe(
    150_000,
  );
});

test("a check of a rule counts as forty values, or as many as its window holds", () => {
  const metrics = [1, 2, 3];
  expect(backtestCost({ policy: { detector: "torch" }, metrics })).toBe(120);
  expect(backtestCost({ policy: { detector: "trend", window: 100 }, metrics })).toBe(300);
});

test("writing code for a schedule counts as a thousand values of it", () => {
  expect(exportCost({ schedule: constant, target: "torch" })).toBe(1000);
});

test("a chart counts the steps shown twice, and of a library's schedule all steps before the last", () => {
  const shown = {
    stepsPerEpoch: null,
    totalSteps: null,
    rule: null,
    changes: [],
    window: { from: 0, to: 10_000_000, buckets: 800 },
    axis: "step" as const,
    logged: [],
    audit: { verdict: "match" as const, offset: null },
  };
  expect(scheduledLrCost({ ...shown, schedule: JSON.stringify(constant) })).toBe(1600);
  const library = JSON.stringify({ library: "torch", ...step, base_lrs: [0.1, 0.2] });
  expect(scheduledLrCost({ ...shown, schedule: library })).toBe(20_000_000);
});

test("a run's health counts as its steps of two losses and the LR", () => {
  expect(healthCost({ steps: 3000 })).toBe(9000);
});
