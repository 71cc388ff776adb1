import { describe, expect, test } from "vitest";
import { judgeHealth } from "@/lib/domain/health/judge";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import type { LossPoint } from "@/lib/domain/health/series";
import { randomOf } from "@/tests/support/mistaken-runs";

const N = 400;

/** Normal enough: the sum of three uniform numbers. */
function noise(seed: number): () => number {
  const { uniform } = randomOf(seed);
  return () => 2 * (uniform() + uniform() + uniform() - 1.5);
}

const points = (values: readonly number[], stride = 1): LossPoint[] =>
  values.map((value, i) => {
    const finite = Number.isFinite(value);
    return {
      step: i * stride,
      value: finite ? value : NaN,
      max: finite ? value : NaN,
      nonfinite: finite ? 0 : 1,
    };
  });

function curve(of: (progress: number) => number, spread = 0.05, n = N): number[] {
  const draw = noise(3);
  return Array.from({ length: n }, (_, i) => of(i / n) + spread * draw());
}

const clean = curve((p) => 0.3 + 2 * Math.exp(-6 * p));
const constantLr = (lr: number) => [{ step: 0, lr }];

interface Case {
  validation?: readonly number[];
  lrs?: readonly { step: number; lr: number }[];
  ended?: boolean;
}

const judge = (train: readonly number[], { validation, lrs = [], ended }: Case = {}) =>
  judgeHealth({
    train: { key: "train/loss", points: points(train) },
    validation: validation ? { key: "val/loss", points: points(validation, 20) } : null,
    lrs,
    ended,
  });
const codes = (...args: Parameters<typeof judge>) => judge(...args).map(({ code }) => code);

describe("no alarm without evidence", () => {
  test("a clean run is good", () => expect(codes(clean)).toEqual(["good"]));

  test.each([1, 2, 3, 4, 5])("whatever its noise, seed %i", (seed) => {
    const draw = noise(seed);
    const values = Array.from(
      { length: 600 },
      (_, i) => (0.05 + 2 * Math.exp(-i / 80)) * Math.exp(0.5 * draw()),
    );
    expect(codes(values)).toEqual(["good"]);
  });

  test("too few points, no points, or a loss that stands still say nothing", () => {
    expect(codes(clean.slice(0, 19))).toEqual([]);
    expect(judgeHealth({ train: null, validation: null, lrs: [] })).toEqual([]);
    expect(codes(curve(() => 2.3))).toEqual([]);
  });

  test("the validation loss stands in for a training loss", () => {
    const validation = { key: "val/loss", points: points(clean) };
    expect(judgeHealth({ train: null, validation, lrs: [] })).toMatchObject([
      { code: "good", metric: "val/loss" },
    ]);
  });

  test("a steep beginning is no spike, and neither are two", () => {
    const steep = curve((p) => 0.3 + 25 * Math.exp(-80 * p));
    expect(codes(steep)).toEqual(["good"]);
    const two = clean.with(200, 9).with(300, 9);
    expect(codes(two)).toEqual(["good"]);
  });
});

describe("too high", () => {
  test("a loss that grows into NaN and stays there", () => {
    const values = [...clean.slice(0, 200), 3, 30, 300, ...Array<number>(100).fill(NaN)];
    const [nan, tooHigh] = judge(values, { lrs: constantLr(0.5) });
    expect(nan).toMatchObject({ code: "nan", severity: "critical", from_step: 203, to_step: 302 });
    expect(nan!.evidence).toEqual({ first_step: 203, count: 100, last_finite: 300, lr: 0.5 });
    expect(tooHigh).toMatchObject({ code: "too_high", severity: "critical" });
  });

  test("a NaN out of the blue is no verdict on the LR", () => {
    expect(codes([...clean, ...Array<number>(10).fill(NaN)])).toEqual(["nan"]);
    const [note] = judge(clean.with(50, NaN));
    expect(note).toMatchObject({ code: "nan", severity: "warning", from_step: 50, to_step: 50 });
  });

  test("two at the end may come back, unless the run ended with them; three will not", () => {
    const [two] = judge([...clean, NaN, NaN]);
    expect(two).toMatchObject({ code: "nan", severity: "warning", from_step: N, to_step: N + 1 });
    expect(two!.message).toBe(
      `train/loss was not finite 2 times from step ${N} on, its latest value among them.`,
    );
    expect(judge([...clean, NaN, NaN], { ended: true })[0]).toMatchObject({ severity: "critical" });
    expect(judge([...clean, NaN, NaN, NaN])[0]).toMatchObject({ severity: "critical", from_step: N });
  });

  test("what is lost in the end is told from there, not from an earlier accident", () => {
    const [note] = judge([...clean.with(50, NaN), NaN, NaN, NaN]);
    expect(note).toMatchObject({ severity: "critical", from_step: N, evidence: { count: 4 } });
  });

  test("a loss that gives back what it gained", () => {
    const values = curve((p) => (p < 0.5 ? 0.3 + 2 * Math.exp(-12 * p) : 2.1));
    const [diverged, tooHigh] = judge(values, { lrs: constantLr(1) });
    expect(diverged).toMatchObject({ code: "diverged", severity: "critical", metric: "train/loss" });
    expect(diverged!.from_step).toBeLessThanOrEqual(205);
    expect(tooHigh!.message).toContain("an LR of 1:");
  });

  test("an explosion at the start with no recovery", () => {
    const values = [2.3, 170, 9000, 40, 12, ...curve((p) => 2.6 - 0.3 * p)];
    expect(codes(values)).toEqual(["diverged", "too_high"]);
    expect(codes([2.3, 170, 9000, 40, 12, ...clean])).toEqual(["good"]);
  });

  test.each([24, 100, 1000])("not the noise of small batches, skewed as it is, over %i steps", (n) => {
    for (let seed = 1; seed <= 8; seed++) {
      const draw = randomOf(seed).uniform;
      // The mean of four squared errors or so: its largest values are several times its smallest.
      const loss = () => -(Math.log(draw()) + Math.log(draw()) + Math.log(draw()) + Math.log(draw())) / 4;
      expect(codes(Array.from({ length: n }, loss))).not.toContain("diverged");
    }
  });

  test("three spikes", () => {
    const values = clean.with(100, 9).with(200, 12).with(300, 9);
    const [spikes] = judge(values, { lrs: constantLr(0.1) });
    expect(spikes).toMatchObject({ code: "spikes", severity: "warning", from_step: 100, to_step: 300 });
    expect(spikes!.evidence).toMatchObject({ count: 3, worst_step: 200, worst_value: 12, lr: 0.1 });
  });
});

describe("too low", () => {
  const slow = curve((p) => 2.3 - 0.3 * p);

  test("a loss that falls as fast at the end as ever", () => {
    expect(judge(slow, { lrs: constantLr(1e-5) })).toMatchObject([
      { code: "too_low", severity: "warning", evidence: { lr: 1e-5 } },
    ]);
    expect(codes(slow)).toEqual(["too_low"]);
  });

  test("but not where only the decay of the LR makes it fall", () => {
    const lrs = Array.from({ length: N }, (_, step) => ({
      step,
      lr: step < 300 ? 0.1 : 0.1 * (1 - (step - 300) / 100),
    }));
    const cooled = curve((p) => 2.9 + 1.5 * Math.exp(-20 * p) - (p > 0.75 ? 3 * (p - 0.75) : 0));
    expect(codes(cooled, { lrs })).toEqual(["good"]);
  });

  test("an LR that is spent long before the end", () => {
    const lrs = Array.from({ length: N }, (_, step) => ({ step, lr: 0.1 * 0.9 ** step }));
    const stopped = curve((p) => 1.8 + 0.5 * Math.exp(-40 * p), 0.02);
    expect(judge(stopped, { lrs })).toMatchObject([{ code: "too_low", from_step: 44, to_step: 399 }]);
    const low = curve((p) => 0.1 + 2.2 * Math.exp(-40 * p), 0.02);
    expect(codes(low, { lrs })).toEqual(["good"]);
  });
});

describe("overfitting", () => {
  const validation = curve((p) => (p < 0.4 ? 1 - p : 0.6 + (p - 0.4)), 0.01, 20);

  test("validation rises while training falls", () => {
    const note = judge(clean, { validation }).find(({ code }) => code === "overfitting");
    expect(note).toMatchObject({ severity: "warning", metric: "val/loss", to_step: 380 });
    expect(note!.from_step).toBeGreaterThanOrEqual(120);
    expect(note!.from_step).toBeLessThanOrEqual(200);
    expect(note!.evidence.train_before).toBeGreaterThan(note!.evidence.train_end as number);
  });

  test("not when training rises too, the rise is within the noise, or there is too little", () => {
    const both = curve((p) => 0.3 + 2 * Math.exp(-20 * p) + (p > 0.4 ? 0.4 * (p - 0.4) : 0));
    expect(codes(both, { validation })).not.toContain("overfitting");
    const noisy = curve((p) => 0.6 + 0.5 * Math.exp(-9 * p), 0.1, 40);
    expect(codes(clean, { validation: noisy })).toEqual(["good"]);
    expect(codes(clean, { validation: validation.slice(-7) })).toEqual(["good"]);
  });
});

test("losses are found by what frameworks call them", () => {
  expect(findLossKeys(["lr", "val/loss", "train/loss", "loss"])).toEqual({
    train: "train/loss",
    validation: "val/loss",
  });
  expect(findLossKeys(["loss", "val_loss", "accuracy"])).toEqual({ train: "loss", validation: "val_loss" });
  expect(findLossKeys(["train/box_loss", "val/box_loss"])).toEqual({
    train: "train/box_loss",
    validation: "val/box_loss",
  });
  expect(findLossKeys(["eval_loss"])).toEqual({ train: null, validation: "eval_loss" });
  expect(findLossKeys(["accuracy"])).toEqual({ train: null, validation: null });
});
