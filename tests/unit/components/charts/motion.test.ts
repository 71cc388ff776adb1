import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMotion } from "@/components/charts/motion";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";

type Chart = Parameters<ReturnType<typeof createMotion>["moves"]>[0];

const modelOf = (lines: number, points: number) =>
  ({
    x: { min: 0, max: 9 },
    lines: Array.from({ length: lines }, () => ({ points: Array(points).fill({ x: 0, y: 0 }) })),
  }) as unknown as ReadyChart;

const draw = vi.fn();
const chart = { draw } as unknown as Chart;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  draw.mockClear();
  vi.useRealTimers();
});

test("drawings in quick succession are a movement, at whose end all is drawn once more", () => {
  const motion = createMotion();
  const many = modelOf(100, 1000);
  expect(motion.moves(chart, many)).toBe(false);
  vi.advanceTimersByTime(16);
  expect(motion.moves(chart, many)).toBe(true);
  vi.advanceTimersByTime(16);
  expect(motion.moves(chart, many)).toBe(true);
  expect(draw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(draw).toHaveBeenCalledOnce();
  expect(motion.moves(chart, many)).toBe(false);
});

test("a few lines are drawn anew in every frame", () => {
  const motion = createMotion();
  for (let frame = 0; frame < 3; frame += 1) {
    expect(motion.moves(chart, modelOf(3, 1000))).toBe(false);
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});

test("a chart that is gone is not drawn again", () => {
  const motion = createMotion();
  motion.moves(chart, modelOf(100, 1000));
  motion.moves(chart, modelOf(100, 1000));
  motion.stop();
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});

test("the same curves elsewhere are the first frame of a movement; new points are none", () => {
  const motion = createMotion();
  const model = modelOf(100, 1000);
  const elsewhere: ReadyChart = { ...model, x: { ...model.x, min: 1 } };
  const anew = modelOf(100, 1000);
  motion.moves(chart, model);
  vi.advanceTimersByTime(1000);
  expect(motion.moves(chart, elsewhere)).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(motion.moves(chart, anew)).toBe(false);
});
