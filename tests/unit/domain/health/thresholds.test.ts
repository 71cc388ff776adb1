import { describe, expect, test } from "vitest";
import { divergenceNote } from "@/lib/domain/health/divergence";
import { overfittingNote } from "@/lib/domain/health/overfitting";
import type { LossCurve, LossPoint } from "@/lib/domain/health/series";
import { findSpikes } from "@/lib/domain/health/spikes";

const points = (values: readonly number[]): LossPoint[] =>
  values.map((value, step) => ({ step, value, max: value, nonfinite: 0 }));

interface Shape {
  start: number;
  best: number;
  end: number;
  noise?: number;
  smooth?: readonly number[];
}

const curveOf = ({ start, best, end, noise = 0, smooth = [start, best, end] }: Shape): LossCurve => ({
  start,
  best: { value: best, index: 1 },
  end,
  noise,
  points: points(smooth),
  smooth: [...smooth],
});

describe("divergence, on both sides of each bound", () => {
  test.each<[string, Shape, boolean]>([
    ["less than half of the gain given back", { start: 2, best: 1, end: 1.49 }, false],
    ["more than half of it", { start: 2, best: 1, end: 1.51 }, true],
    ["less than five times the noise", { start: 1, best: 1, end: 1.49, noise: 0.1 }, false],
    ["more than that", { start: 1, best: 1, end: 1.51, noise: 0.1 }, true],
    [
      "under one and a half times the start",
      { start: 2, best: 2, end: 2, smooth: [2, 2.99, 2.99, 2.99] },
      false,
    ],
    ["over it, three times", { start: 2, best: 2, end: 2, smooth: [2, 3.01, 3.01, 3.01] }, true],
    ["over it, twice", { start: 2, best: 2, end: 2, smooth: [2, 3.01, 3.01, 2] }, false],
    [
      "over it, and a tenth below the start since",
      { start: 2, best: 1.79, end: 1.79, smooth: [2, 4, 4, 4] },
      false,
    ],
    ["over it, and not quite a tenth below", { start: 2, best: 1.81, end: 1.81, smooth: [2, 4, 4, 4] }, true],
  ])("%s", (_, shape, diverged) => {
    expect(divergenceNote("loss", curveOf(shape), []) !== null).toBe(diverged);
  });
});

describe("overfitting, on both sides of each bound", () => {
  const falling = (end: number): LossCurve => ({
    ...curveOf({ start: 1, best: 1, end }),
    points: points([1, 1, 1]),
  });
  const noteOf = (validation: readonly number[], trainEnd = 0.5) =>
    overfittingNote("val/loss", points(validation), falling(trainEnd));
  const risen = (count: number, to: number) => [1, 1, ...Array<number>(count - 2).fill(to)];

  test.each<[string, readonly number[], number, boolean]>([
    ["seven validations", risen(7, 2), 0.5, false],
    ["eight", risen(8, 2), 0.5, true],
    ["a rise by less than a twentieth", risen(8, 1.049), 0.5, false],
    ["by more", risen(8, 1.051), 0.5, true],
    ["a training loss that fell by less than a twentieth", risen(8, 2), 0.951, false],
    ["by more", risen(8, 2), 0.949, true],
  ])("%s", (_, validation, trainEnd, told) => {
    expect(noteOf(validation, trainEnd) !== null).toBe(told);
  });

  test("a rise counts from three times the noise on", () => {
    const noisy = (rise: number) =>
      Array.from({ length: 40 }, (_, i) => (i < 10 ? 0 : rise) + 0.01 * (((i * 7) % 5) - 2));
    const evidence = noteOf(noisy(1))!.evidence;
    // What is added to the step itself, by the noise in the medians at its two ends.
    const beside = Number(evidence.rise) - 1;
    const at = (deviations: number) => noteOf(noisy(deviations * Number(evidence.noise) - beside));
    expect(at(2.5)).toBeNull();
    expect(at(3.5)).not.toBeNull();
  });
});

describe("spikes, on both sides of each bound", () => {
  const FLAT = Array<number>(60).fill(1);
  const spikes = (values: readonly number[]) => findSpikes(points(values)).map(({ step }) => step);

  test("twice its surroundings", () => {
    expect(spikes(FLAT.with(30, 1.9))).toEqual([]);
    expect(spikes(FLAT.with(30, 2.1))).toEqual([30]);
  });

  test("a tenth of the loss' range", () => {
    const fallen = [...Array<number>(60).fill(21), ...FLAT];
    expect(spikes(fallen.with(90, 2.9))).toEqual([]);
    expect(spikes(fallen.with(90, 3.1))).toEqual([90]);
  });

  test("eight deviations", () => {
    const noisy = FLAT.map((_, i) => Math.exp(i % 2 === 0 ? 0.1 : -0.1));
    expect(spikes(noisy.with(30, Math.exp(1.05)))).toEqual([]);
    expect(spikes(noisy.with(30, Math.exp(1.4)))).toEqual([30]);
  });

  test("fifty points, and three on either side", () => {
    expect(spikes(FLAT.slice(0, 49).with(30, 9))).toEqual([]);
    expect(spikes(FLAT.slice(0, 50).with(30, 9))).toEqual([30]);
    expect(spikes(FLAT.with(2, 9))).toEqual([]);
    expect(spikes(FLAT.with(3, 9))).toEqual([3]);
  });

  test("the eight points on either side are its surroundings: the ends of a ridge of six are none", () => {
    expect(spikes(FLAT.map((value, i) => (i >= 30 && i < 36 ? 10 : value)))).toEqual([31, 32, 33, 34]);
  });
});
