import { expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { baseLrsOf, evalSteps, steppingOf } from "@/lib/domain/schedules/shared/schedule-input";

const schedule = (fields: Partial<Omit<LibrarySchedule, "constructor">>): LibrarySchedule => ({
  library: "keras",
  constructor: "CosineDecay",
  kwargs: {},
  ...fields,
});

test("an eval stepping counts from 0 or lists its steps", () => {
  expect(evalSteps(schedule({ stepping: { mode: "eval", count: 3 } }))).toEqual([0, 1, 2]);
  expect(evalSteps(schedule({ stepping: { mode: "eval", steps: [5, 1000] } }))).toEqual([5, 1000]);
});

test("another stepping, or none, is refused", () => {
  expect(() => evalSteps(schedule({}))).toThrow("required, with mode eval");
  expect(() => evalSteps(schedule({ stepping: { unit: "step" } }))).toThrow(
    "expected one with mode eval, got unit step",
  );
  const timm = schedule({ stepping: { mode: "timm-epoch", count: 2 } });
  expect(() => steppingOf(timm, ["dampening", "eval-pos"])).toThrow(
    "expected one with mode dampening or eval-pos, got mode timm-epoch",
  );
  expect(steppingOf(timm, ["timm-epoch", "timm-update"]).count).toBe(2);
});

test("base_lrs are required and not empty", () => {
  expect(baseLrsOf(schedule({ base_lrs: [0.1, 0.2] }))).toEqual([0.1, 0.2]);
  expect(() => baseLrsOf(schedule({}))).toThrow("one LR per param group");
  expect(() => baseLrsOf(schedule({ base_lrs: [] }))).toThrow("one LR per param group");
});
