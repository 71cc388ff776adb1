import { describe, expect, test } from "vitest";
import { isDeclaredSchedule } from "@/lib/contracts/schedules";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import type { LibraryName } from "@/lib/domain/schedules/library-schedule";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { goldenLrs, type GoldenSchedule, goldenSchedules } from "@/tests/support/golden-schedules";

/**
 * Cases whose curve is found again from its values alone, within 1e-6, of those that a log can show (three values or
 * more, evaluated at ascending steps). What is missing our own words cannot say (tanh, k-decay, powers of a cosine,
 * a warmup beside a cosine that goes on) or the values do not show.
 */
const FOUND: readonly (readonly [LibraryName, least: number, of: number])[] = [
  ["torch", 134, 149],
  ["transformers", 70, 75],
  ["timm", 25, 51],
  ["keras", 46, 50],
  ["optax", 62, 69],
  ["mmcv", 28, 30],
  ["fastai", 7, 10],
];

/** Families that the log decides: each case of theirs is found. */
const WHOLE = [
  "StepLR",
  "MultiStepLR",
  "ConstantLR",
  "LinearLR",
  "ExponentialLR",
  "PolynomialLR",
  "MultiplicativeLR",
  "OneCycleLR",
  "CyclicLR",
  "constant",
  "constant_with_warmup",
  "linear",
  "cosine_with_restarts",
  "cosine_with_min_lr",
  "polynomial",
  "inverse_sqrt",
  "warmup_stable_decay",
  "MultiStepLRScheduler",
  "ExponentialDecay",
  "PiecewiseConstantDecay",
  "InverseTimeDecay",
  "CosineDecay",
  "linear_schedule",
  "polynomial_schedule",
  "exponential_decay",
  "cosine_onecycle_schedule",
  "piecewise_constant_schedule",
  "StepLrUpdaterHook",
  "PolyLrUpdaterHook",
  "ExpLrUpdaterHook",
];

interface Case {
  id: string;
  family: string;
  steps: number[];
  lrs: number[];
}

function casesOf(library: LibraryName): Case[] {
  return goldenSchedules(library).flatMap((golden: GoldenSchedule) => {
    const { stepping } = golden.spec;
    const [lrs = []] = goldenLrs(golden);
    if (golden.raises || lrs.length < 3 || !stepping || !("mode" in stepping) || stepping.mode === "calls")
      return [];
    const steps = "steps" in stepping ? [...stepping.steps] : lrs.map((_, i) => i);
    const ascend = steps.every((step, i) => i === 0 || step > steps[i - 1]!);
    if (!ascend || lrs.some((lr) => !Number.isFinite(lr) || lr < 0)) return [];
    return [{ id: golden.id, family: golden.id.split("/")[1] ?? "", steps, lrs }];
  });
}

function isFound({ steps, lrs }: Case): boolean {
  const { schedule } = inferSchedule(steps, lrs);
  if (!schedule || !isDeclaredSchedule(schedule)) return false;
  const [predicted] = compileDeclared(schedule).at(steps);
  const peak = Math.max(...lrs);
  return lrs.every((lr, i) => Math.abs(lr - predicted![i]!) <= 1e-6 * lr + 1e-9 * peak);
}

describe.each(FOUND)("%s", (library, least, of) => {
  test("curves are found again from their values", { timeout: 120_000 }, () => {
    const cases = casesOf(library);
    const missed = cases.filter((golden) => !isFound(golden));
    expect(missed.filter(({ family }) => WHOLE.includes(family)).map(({ id }) => id)).toEqual([]);
    expect(cases).toHaveLength(of);
    expect(cases.length - missed.length, missed.map(({ id }) => id).join("\n")).toBeGreaterThanOrEqual(least);
  });
});
