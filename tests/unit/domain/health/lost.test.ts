import { describe, expect, test } from "vitest";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import { lostNote } from "@/lib/domain/health/lost";
import type { LossPoint } from "@/lib/domain/health/series";
import { readRun, recordedRuns } from "@/tests/support/recorded-runs";

const points = (values: readonly number[]): LossPoint[] =>
  values.map((value, step) => ({ step, value, max: value, nonfinite: Number.isFinite(value) ? 0 : 1 }));
const falling = Array.from({ length: 100 }, (_, i) => 2 * Math.exp(-i / 20) + 0.1);
const lost = (values: readonly number[], ended = false) => lostNote("loss", points(values), [], ended);

describe("a loss worth an alarm", () => {
  test("has risen far above its best for a tenth of the run", () => {
    expect(lost([...falling, ...Array<number>(12).fill(3)]), "the last tenth alone").toBeNull();
    expect(lost([...falling, ...Array<number>(40).fill(3)])).toMatchObject({ code: "diverged" });
    expect(lost([...falling, ...Array<number>(40).fill(3), ...Array<number>(40).fill(0.1)])).toBeNull();
  });

  test("or is not finite any more", () => {
    expect(lost([...falling, NaN, 0.1])).toBeNull();
    expect(lost([...falling, NaN])).toBeNull();
    expect(lost([...falling, NaN], true)).toMatchObject({ code: "nan", from_step: 100 });
    expect(lost([NaN, NaN, NaN])).toMatchObject({ code: "nan", from_step: 0 });
  });

  test("not one that is healthy, short or empty", () => {
    for (const values of [falling, falling.slice(0, 5), []]) expect(lost(values)).toBeNull();
  });
});

const files = ["digits-mlp", "digits-cnn", "mistakes"].flatMap(
  (name) => recordedRuns(`digits/${name}`) ?? [],
);
const TROUBLED = /\/(diverged|collapsed)/;

/** The training loss of a recorded run. */
function lossOf(file: string): LossPoint[] {
  const { rows } = readRun(file);
  const { train } = findLossKeys([...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics ?? {})))]);
  const latest = new Map<number, number>();
  for (const { step, metrics } of rows) {
    const value = train === null ? undefined : metrics?.[train];
    if (value !== undefined) latest.set(step, Number(value));
  }
  const values = [...latest].sort(([a], [b]) => a - b).map(([, value]) => value);
  return points(values.map((value) => (Number.isFinite(value) ? value : NaN)));
}

describe.skipIf(files.length === 0)("recorded trainings, looked at while they grow", () => {
  /** As far as each was when the alarm came; null when none came. */
  const alarmAt = (file: string): number | null => {
    const series = lossOf(file);
    for (let n = 20; n <= series.length; n = Math.ceil(n * 1.2)) {
      if (lostNote("train/loss", series.slice(0, n), [], false)) return n;
    }
    return null;
  };

  test("those in trouble raise an alarm, the others never", () => {
    const alarmed = files.filter((file) => alarmAt(file) !== null);
    expect(alarmed).toEqual(files.filter((file) => TROUBLED.test(file)));
    expect(alarmed.length).toBeGreaterThan(2);
  });
});
