import { describe, expect, test } from "vitest";
import { isDeclaredSchedule } from "@/lib/contracts/schedules";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import type { LibraryName } from "@/lib/domain/schedules/library-schedule";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { goldenLrs, type GoldenSchedule, goldenSchedules } from "@/tests/support/golden-schedules";

/**
 * Cases whose curve is found again from its values alone, within 1e-6, of those that a log can show (six values, which a line needs, or
 * more, evaluated at ascending steps). What is missing shows no more than numbers: resumes that did not restore the LR,
 * a chain whose cosine recursion sees the warmed LR, cycles of which only a part was logged.
 */
const FOUND: readonly (readonly [LibraryName, least: number, of: number])[] = [
  ["torch", 144, 149],
  ["transformers", 75, 75],
  ["timm", 50, 51],
  ["keras", 49, 49],
  ["optax", 68, 69],
  ["mmcv", 30, 30],
  ["pytorch_warmup", 14, 14],
  ["fastai", 10, 10],
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
  "TanhLRScheduler",
  "PolyLRScheduler",
  "ExponentialDecay",
  "PiecewiseConstantDecay",
  "InverseTimeDecay",
  "CosineDecay",
  "CosineDecayRestarts",
  "cosine",
  "cosine_decay_schedule",
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
    if (golden.raises || lrs.length < 6 || !stepping || !("mode" in stepping) || stepping.mode === "calls")
      return [];
    const steps = "steps" in stepping ? [...stepping.steps] : lrs.map((_, i) => i);
    const ascend = steps.every((step, i) => i === 0 || step > steps[i - 1]!);
    if (!ascend || lrs.some((lr) => !Number.isFinite(lr) || lr < 0)) return [];
    return [{ id: golden.id, family: golden.id.split("/")[1] ?? "", steps, lrs }];
  });
}

function isFound({ steps, lrs }: Case): boolean {
  const { schedule, offset } = inferSchedule(steps, lrs);
  if (!schedule || !isDeclaredSchedule(schedule)) return false;
  const [predicted] = compileDeclared(schedule).at(steps.map((step) => Math.max(0, step + offset)));
  const peak = Math.max(...lrs);
  return lrs.every((lr, i) => Math.abs(lr - predicted![i]!) <= 1e-6 * lr + 1e-9 * peak);
}

test("numbers of no schedule are called unknown, with how far off the nearest is", () => {
  const noise = Array.from({ length: 200 }, (_, i) => 1e-3 * (2 + Math.sin(i) * Math.cos(i * i)));
  const { schedule, family, max_relative_error } = inferSchedule(
    noise.map((_, i) => i),
    noise,
  );
  expect({ schedule, family }).toEqual({ schedule: null, family: "unknown" });
  expect(max_relative_error).toBeGreaterThan(1e-3);
});

test("a few levels without a rule are a piecewise constant", () => {
  const lrs = Array.from({ length: 90 }, (_, i) => [0.1, 0.03, 0.05][Math.floor(i / 30)]!);
  const { schedule, family } = inferSchedule(
    lrs.map((_, i) => i),
    lrs,
  );
  expect(family).toBe("piecewise, 3 segments");
  expect(schedule).toEqual({ kind: "piecewise", values: [0.1, 0.03, 0.05], boundaries: [30, 60] });
});

test("torch's line up, constant and line down are warmup, stable, decay", () => {
  const lrs = Array.from(
    { length: 300 },
    (_, i) => 0.1 * Math.min(1, 0.1 + 0.9 * (i / 30), 1 - (i - 200) / 100),
  );
  const { family } = inferSchedule(
    lrs.map((_, i) => i),
    lrs,
  );
  expect(family).toBe("WSD");
});

describe.each(FOUND)("%s", (library, least, of) => {
  test("curves are found again from their values", { timeout: 120_000 }, () => {
    const cases = casesOf(library);
    const missed = cases.filter((golden) => !isFound(golden));
    expect(missed.filter(({ family }) => WHOLE.includes(family)).map(({ id }) => id)).toEqual([]);
    expect(cases).toHaveLength(of);
    expect(cases.length - missed.length, missed.map(({ id }) => id).join("\n")).toBeGreaterThanOrEqual(least);
  });
});
