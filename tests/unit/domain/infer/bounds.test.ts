import { describe, expect, test } from "vitest";
import { judge } from "@/lib/domain/infer/candidate";
import { lengthsAt } from "@/lib/domain/infer/corner";
import { zeroBetween } from "@/lib/domain/infer/interpolation";
import { bestReading } from "@/lib/domain/infer/reading";
import { restartModels } from "@/lib/domain/infer/restarts";
import { cleanSeries } from "@/lib/domain/infer/series";
import { commonEpoch, sparseEpoch } from "@/lib/domain/infer/staircase";
import { swingModels } from "@/lib/domain/infer/swings";
import { thinSeries } from "@/lib/domain/infer/thin-series";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

const range = (count: number, every = 1, first = 0) =>
  Array.from({ length: count }, (_, i) => first + i * every);
const seriesOf = (steps: readonly number[], lrAt: (step: number) => number) =>
  cleanSeries(steps, steps.map(lrAt));

describe("work, counted in values of curves", () => {
  const bell = (step: number) => 1e-3 * Math.exp(-(((step - 300) / 200) ** 2));

  test("of a curve of no family is bounded", () => {
    const { spent } = bestReading(seriesOf(range(100, 10), bell), null);
    expect(spent).toBeGreaterThan(1_880_000);
    expect(spent).toBeLessThan(1_930_000);
  });

  test("of an offset that explains nothing is small as long as another may explain all", () => {
    const late = seriesOf(range(100, 10), (step) => 1e-3 * (1 - Math.max(0, step - 7) / 1000) ** 2);
    const { offset, spent } = bestReading(late, null);
    expect(offset).toBe(-7);
    expect(spent).toBeGreaterThan(68_000);
    expect(spent).toBeLessThan(76_000);
  });
});

describe("a bound is as told", () => {
  test.each([
    [8, "a round length among a thousand", 1000],
    [7, "the roundest of every second of a thousand and one", 9],
  ])("from step %i to 1007: %s", (before, _, first) => {
    const curved = seriesOf([0, before, 1007, 1100, 1200, 1300], (step) => step ** 2);
    expect(lengthsAt(curved, 2)[0]).toBe(first);
  });

  test.each([
    [200_000, true],
    [200_001, false],
  ])("a torch scheduler is followed to step %i: %s", (last, isFollowed) => {
    const constant: DeclaredSchedule = {
      constructor: "torch.optim.lr_scheduler.ConstantLR",
      kwargs: { factor: 1, total_iters: 1 },
      library: "torch",
      base_lrs: [0.1],
    };
    expect(
      judge(
        constant,
        seriesOf([0, last], () => 0.1),
      ).misfit,
    ).toBe(isFollowed ? 0 : Infinity);
  });

  test.each([
    [132, true],
    [133, false],
  ])(
    "a library's LR below 0 is looked for at 64 steps to twice the log's end: at %i found, %s",
    (step, isFound) => {
      const dips: DeclaredSchedule = {
        library: "keras",
        constructor: "keras.optimizers.schedules.PiecewiseConstantDecay",
        kwargs: { boundaries: [step - 1, step], values: [0.1, -0.1, 0.1] },
      };
      expect(
        judge(
          dips,
          seriesOf([100, 128], () => 0.1),
        ).misfit,
      ).toBe(isFound ? Infinity : 0);
    },
  );

  test.each([
    [499, true],
    [500, false],
  ])("%i jumps of a long log are kept on both sides: %s", (jumps, isKept) => {
    const level = (step: number) => 1 + (Math.min(jumps, Math.floor((step + 5) / 8)) % 2);
    const log = seriesOf(range(5001), level);
    const kept = new Set(thinSeries(log).steps);
    const all = range(jumps - 1).flatMap((i) => [8 * i + 2, 8 * i + 3]);
    expect(all.every((step) => kept.has(step))).toBe(isKept);
  });

  test.each([
    [1000, 936],
    [1001, 468],
  ])("of the first change by step %i, lengths to 64 below are tried: %i", (first, epoch) => {
    const stairs = { values: [4, 3, 2, 1], boundaries: [first, 1872, 2808], before: [900, 1871, 2807] };
    expect(commonEpoch(stairs)).toBe(epoch);
  });

  test.each([
    [8192, 2],
    [8194, null],
  ])("of the first change by step %i, 4096 epochs before it: %s", (first, epoch) => {
    const boundaries = [first, first + 2, first + 4];
    const stairs = { values: [4, 3, 2, 1], boundaries, before: boundaries.map((step) => step - 1) };
    expect(commonEpoch(stairs)).toBe(epoch);
  });

  test.each([
    [18_001, true],
    [18_000, false],
  ])("a round number of cycles over %i of 20 000 steps is found: %s", (length, isFound) => {
    const [model] = swingModels(seriesOf([0, 12_000, 20_000], (step) => Math.abs(12_000 - step)));
    const made = model?.make([1, 0], [length / 1.4]);
    const found = made && "kwargs" in made ? made.kwargs.num_training_steps : null;
    expect(found === length).toBe(isFound);
  });

  test.each([
    [20, 1],
    [21, 0],
  ])("%i whole cycles may lie before the log", (hidden, found) => {
    const first = 10 * hidden + 3;
    const log = seriesOf(range(60, 1, first), (step) => 1 + Math.cos((Math.PI * (step % 10)) / 10));
    expect(Math.min(1, restartModels(log).filter(({ theta }) => theta[0] === 10).length)).toBe(found);
  });

  test("two stretches of two points between the first and the last show no epoch, three do", () => {
    const epochs = (count: number) =>
      seriesOf(range(2 * count, 50), (step) => 1 / (1 + Math.floor(step / 100)));
    expect(sparseEpoch(epochs(4))).toBeNull();
    expect(sparseEpoch(epochs(5))).toBe(100);
    expect(sparseEpoch(epochs(4), 100)).toBe(100);
    expect(sparseEpoch(epochs(5), 70)).toBe(100);
  });

  test.each([
    [(x: number) => x, -1, 2, 0],
    [(x: number) => 3 - x, -8, 2 ** 60, 3],
    [(x: number) => x + 4, 0, 9, null],
    [() => Number.NaN, 0, 9, null],
  ])("a zero is found to the last digit, or there is none", (f, low, high, zero) => {
    const found = zeroBetween(f, low, high);
    if (zero === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(zero, 12);
  });
});
