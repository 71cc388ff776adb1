import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMotion } from "@/components/charts/motion";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";

type Chart = Parameters<ReturnType<typeof createMotion>["detail"]>[0];

const modelOf = (lines: number, points: number) =>
  ({
    lines: Array.from({ length: lines }, () => ({ points: Array(points).fill({ x: 0, y: 0 }) })),
  }) as unknown as ReadyChart;

const draw = vi.fn();
const chart = { draw, chartArea: { width: 500 } } as unknown as Chart;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  draw.mockClear();
  vi.useRealTimers();
});

test("a picture at rest has all its detail; in a movement it has less, and all again at its end", () => {
  const motion = createMotion();
  const many = modelOf(100, 1000);
  expect(motion.detail(chart, many)).toBe(1);
  vi.advanceTimersByTime(16);
  expect(motion.detail(chart, many)).toBeLessThan(0.2);
  vi.advanceTimersByTime(16);
  expect(motion.detail(chart, many)).toBeLessThan(0.2);
  expect(draw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(draw).toHaveBeenCalledOnce();
  expect(motion.detail(chart, many)).toBe(1);
});

test("a few lines are drawn whole in every frame", () => {
  const motion = createMotion();
  for (let frame = 0; frame < 3; frame += 1) {
    expect(motion.detail(chart, modelOf(3, 1000))).toBe(1);
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});

test("a chart that is gone is not drawn again", () => {
  const motion = createMotion();
  motion.detail(chart, modelOf(100, 1000));
  motion.detail(chart, modelOf(100, 1000));
  motion.stop();
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});
