import { describe, expect, test } from "vitest";
import { at } from "@/lib/domain/infer/at";
import { lengthsAt, isLine } from "@/lib/domain/infer/corner";
import { delayed } from "@/lib/domain/infer/delayed";
import { hasEvidence, pointsFor, pointsNeeded } from "@/lib/domain/infer/evidence";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import {
  LAGS,
  MOST_LAG,
  offsetOfRise,
  readAt,
  showsStart,
  suggestedOffsets,
} from "@/lib/domain/infer/offsets";
import { cosineIn } from "@/lib/domain/infer/phase";
import { costOfOffset, digitsOf, isRound, isWritten, lengthOf } from "@/lib/domain/infer/roundness";
import { cleanSeries, riseEnd } from "@/lib/domain/infer/series";
import { thinSeries } from "@/lib/domain/infer/thin-series";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { randomOf } from "@/tests/support/mistaken-runs";

const range = (count: number, every = 1, first = 0) =>
  Array.from({ length: count }, (_, i) => first + i * every);
const seriesOf = (steps: readonly number[], lrAt: (step: number) => number) =>
  cleanSeries(steps, steps.map(lrAt));

const linear = (total: number) => (step: number) => 5e-5 * (1 - Math.min(total, Math.max(0, step)) / total);
const warmed = (warmup: number, total: number) => (step: number) =>
  step < warmup ? (5e-5 * Math.max(0, step)) / warmup : (5e-5 * Math.max(0, total - step)) / (total - warmup);
const cosine = (total: number) => (step: number) =>
  2.5e-5 * (1 + Math.cos((Math.PI * Math.min(total, Math.max(0, step))) / total));

const inferAt = (steps: readonly number[], lrAt: (step: number) => number, late: number) =>
  inferSchedule(
    steps,
    steps.map((step) => lrAt(step - late)),
  );

describe("digits", () => {
  test.each([
    [0, 0],
    [0.001, 1],
    [3000, 1],
    [1173, 4],
    [-5.005e-5, 4],
    [0.1 + 0.2, 1],
    [1 / 3, 12],
  ])("of %d: %i", (value, digits) => expect(digitsOf(value)).toBe(digits));

  test("a digit that a person chose counts half as much again as one of a length", () => {
    const spec: ScheduleSpec = { kind: "linear", from: 0.15, to: 0, steps: 1500 };
    expect(lengthOf(spec)).toBe(1 + 2 * 1.5 + 1 + (1 + 2));
  });

  test.each([
    [0.15, 999_999, true],
    [0.151, 1000, false],
    [0.15, 1_000_001, false],
  ])("an LR of %d over %i steps is round: %s", (from, steps, round) =>
    expect(isRound({ kind: "linear", from, to: 0, steps })).toBe(round),
  );

  test.each([
    [0.12345, true],
    [0.123456, false],
  ])("%d was written down: %s", (from, written) =>
    expect(isWritten({ kind: "linear", from, to: 0, steps: 999_999 })).toBe(written),
  );

  test("a step off costs less than a lag, and a lag most in a log that begins at step 0", () => {
    expect([0, 1, -1, -2, -10].map((offset) => costOfOffset(offset, 10))).toEqual([0, 1.5, 1.5, 2.5, 2.5]);
    expect([0, -1, -2].map((offset) => costOfOffset(offset, 0))).toEqual([0, 1.5, 6]);
  });
});

describe("readings", () => {
  test("before step 0 the LR is that of step 0, or there is no such reading", () => {
    const waiting = seriesOf([1, 2, 3, 4, 5], (step) => linear(100)(step - 2));
    expect(readAt(waiting, -2)).toMatchObject({ steps: [0, 1, 2, 3] });
    expect(readAt(waiting, -3)).toBeNull();
    expect(readAt(waiting, 1)).toMatchObject({ steps: [2, 3, 4, 5, 6] });
  });

  test("an offset is suggested by where a warmup starts, by a wait, by a phase, by cycles", () => {
    const every10 = range(60, 10, 10);
    expect(offsetOfRise(seriesOf(every10, (step) => warmed(100, 1000)(step - 7)))).toEqual([-7]);
    expect(offsetOfRise(seriesOf(every10, (step) => warmed(100, 1000)(step - MOST_LAG - 1)))).toEqual([]);
    expect(offsetOfRise(seriesOf(every10, (step) => warmed(100, 1000)(step - 6.8)))).toEqual([]);
    expect(suggestedOffsets(seriesOf(range(99, 1, 1), (step) => linear(500)(step - 3)))).toContain(-3);
    expect(suggestedOffsets(seriesOf(every10, (step) => cosine(1000)(step - 6)))).toContain(-6);
    const drops = seriesOf(range(100), (step) => 0.1 ** Math.floor(Math.max(0, step - 4) / 30));
    expect(suggestedOffsets(drops)).toContain(-4);
  });

  test("a lag shows in a log that has the start", () => {
    expect(LAGS).toEqual([-2, -3, -4, -5, -6, -7, -8, -9, -10, -11]);
    expect(showsStart(seriesOf([10, 20, 30], linear(100)))).toBe(true);
    expect(showsStart(seriesOf([11, 21, 31], linear(100)))).toBe(false);
  });

  test("a cosine tells its highest step and its length, of a few points too", () => {
    const found = cosineIn(seriesOf(range(40, 20, 300), (step) => 1e-5 + cosine(1000)(step - 150)));
    expect(found?.highest).toBeCloseTo(150, 3);
    expect(found?.half).toBeCloseTo(1000, 3);
    expect(cosineIn(seriesOf(range(6), cosine(1000)))).toBeNull();
  });

  test.each([0, 1, 2, 3, 6, 11])("lag %i: round numbers and the lag, not odd numbers", (late) => {
    for (const every of [1, 10]) {
      const steps = range(Math.floor(1000 / every), every, every);
      const plain = inferAt(steps, linear(1000), late);
      expect(plain).toMatchObject({
        schedule: { kind: "linear", from: 5e-5, steps: 1000 },
        offset: -late + 0,
      });
      const led = inferAt(steps, warmed(100, 1000), late);
      expect(led).toMatchObject({
        schedule: { steps: 100, start_factor: 0, then: { from: 5e-5, steps: 900 } },
      });
      expect(led.offset).toBe(-late + 0);
      const smooth = inferAt(steps, cosine(1000), late);
      expect(smooth).toMatchObject({
        schedule: { kind: "cosine", peak: 5e-5, steps: 1000 },
        offset: -late + 0,
      });
    }
  });

  test.each([1000, 3000])("two points of a warmup and its start at 0 are enough, of %i steps", (total) => {
    expect(inferAt(range(total / 50, 50, 50), warmed(100, total), 1)).toMatchObject({
      schedule: { steps: 100, start_factor: 0, then: { kind: "linear", from: 5e-5, steps: total - 100 } },
      offset: -1,
    });
  });

  test("the offset is said in words", () => {
    const notes = (late: number) => inferAt(range(100, 10, 10), warmed(100, 1000), late).notes.join(" ");
    expect(notes(0)).not.toContain("Step s of the log");
    expect(notes(1)).toMatch(/step s − 1: the log counts from 1/);
    expect(notes(3)).toMatch(/step s − 3: the schedule lags by 3 steps/);
    expect(notes(-1)).toMatch(/step s \+ 1: the LR was read after the update/);
  });
});

describe("the end of a warmup", () => {
  test("is where its line meets the curve behind it", () => {
    const log = seriesOf(range(80, 10), warmed(104, 1000));
    const top = riseEnd(log);
    expect(isLine(log, top)).toBe(true);
    expect(at(lengthsAt(log, at(log.steps, top) > 104 ? top : top + 1), 0)).toBe(104);
  });

  test("is a round number where the rise is no line, and one of few", () => {
    const log = seriesOf(range(80, 10), (step) => (step < 100 ? (step / 100) ** 2 : 1));
    const lengths = lengthsAt(log, 10);
    expect(lengths[0]).toBe(100);
    expect(lengths).toHaveLength(5);
  });

  test("takes as long to find between steps that are far apart", () => {
    const far = seriesOf(range(9, 2 ** 49), (step) => (step < 2 ** 51 ? step ** 2 : 2 ** 102));
    expect(lengthsAt(far, 4).length).toBeLessThanOrEqual(5);
  });
});

describe("evidence", () => {
  const line: ScheduleSpec = { kind: "linear", from: 0.1, to: 0, steps: 10 };

  test("is three points more than there are numbers; of epochs, one an epoch", () => {
    expect(pointsNeeded(line)).toBe(6);
    expect(hasEvidence(line, seriesOf(range(5), linear(10)))).toBe(false);
    expect(hasEvidence(line, seriesOf(range(6), linear(10)))).toBe(true);
    expect(
      pointsFor({ kind: "per_epoch", spec: line, steps_per_epoch: 10 }, seriesOf(range(35), linear(9))),
    ).toBe(4);
  });

  test.each([3, 4, 5])("%i falling numbers show no schedule, and it is said what is missing", (count) => {
    const r = randomOf(count);
    for (let draw = 0; draw < 12; draw += 1) {
      const lrs = range(count)
        .map(() => r.uniform())
        .sort((a, b) => b - a);
      const { schedule, exact, notes } = inferSchedule(range(count, 10), lrs);
      expect({ schedule, exact }).toEqual({ schedule: null, exact: false });
      expect(notes.join(" ")).toMatch(
        new RegExp(`^${count} points are too few to tell: \\d+ or more are needed for`),
      );
    }
  });
});

describe("a schedule behind its lag", () => {
  const line: DeclaredSchedule = { kind: "linear", from: 0.1, to: 0, steps: 10 };
  const theirs: DeclaredSchedule = { constructor: "ExponentialLR", kwargs: { gamma: 0.9 }, base_lrs: [0.1] };

  test("is the same, so many steps later; an offset of one is left to the audit", () => {
    expect(delayed(line, -1)).toBe(line);
    const [late] = compileDeclared(delayed(line, -2)).at(range(15));
    const [own] = compileDeclared(line).at(range(15).map((step) => Math.max(0, step - 2)));
    expect(late).toEqual(own);
  });

  test("is the library's own where its words are, whose lag the audit names", () => {
    expect(delayed(theirs, -2)).toBe(theirs);
  });
});

describe("work", () => {
  test("follows neither the number of points nor the steps", () => {
    const r = randomOf(7);
    expect(thinSeries(seriesOf(range(40_000), () => r.uniform())).steps.length).toBeLessThan(2100);
    const far = range(200, Math.floor(Number.MAX_SAFE_INTEGER / 200));
    expect(
      inferSchedule(
        far,
        far.map((_, i) => 1e-3 * (1 - i / 200)),
      ),
    ).toMatchObject({ family: "linear", exact: true });
  });

  test.each([
    ["the largest and the least", [5e-324, Number.MAX_VALUE, 0, 1e-310, 1]],
    ["all but infinite", [Number.MAX_VALUE, 1.7e308]],
    ["all but nothing", [5e-324, 1e-323, 0]],
  ])("ends for %s", (_, values) => {
    const steps = range(60);
    expect(
      inferSchedule(
        steps,
        steps.map((step) => at(values, step % values.length)),
      ),
    ).toHaveProperty("family");
  });
});

test("no schedule that falls below 0 is an answer, nor shown beside one", () => {
  const lrAt = (step: number) => (step < 100 ? (5e-5 * step) / 100 : cosine(900)(step - 100));
  const steps = range(100, 10, 10);
  const told = inferAt(steps, lrAt, 1);
  expect(told).toMatchObject({ family: "warmup + cosine", offset: -1, schedule: { steps: 100 } });
  for (const late of [0, 1, 4]) {
    const { schedule, alternatives } = inferAt(steps, lrAt, late);
    for (const spec of [schedule, ...alternatives.map((other) => other.schedule)]) {
      const [lrs = []] = spec ? compileDeclared(spec).at(range(2000)) : [];
      expect(lrs.every((lr) => lr >= 0)).toBe(true);
    }
  }
});
