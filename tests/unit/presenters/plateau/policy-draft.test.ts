import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/lib/contracts/common";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import {
  DETECTORS,
  fieldsOf,
  fromDraft,
  newDraft,
  thresholdModeOf,
  toDraft,
} from "@/lib/presenters/plateau/policy-draft";

test.each<JsonObject>([
  { metric: "val/loss", mode: "min", detector: "torch", action: "apply", patience: 5, factor: 0.5 },
  { metric: "val/loss", detector: "torch", min_lr: [0.1, 0.01], max_cuts: 2, not_before: 100, warmup: 3 },
  { metric: "acc", mode: "max", detector: "trend", action: "recommend", window: 40, confidence: 0.9 },
  { metric: "a", detector: "trend", threshold: 0.01, threshold_mode: "rel" },
  { metric: "a", detector: "greedy", threshold_mode: "abs" },
  { metric: "a", detector: "keras", threshold_mode: "abs" },
])("%j survives the form", (policy) => expect(fromDraft(toDraft(policy)!)).toEqual(policy));

test.each<JsonObject>([
  { metric: "a", constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau", config: {} },
  { metric: "a", detector: "greedy", smooth: true },
  { metric: "a", detector: "torch", threshold_mode: "gain" },
])("%j needs JSON", (policy) => expect(toDraft(policy)).toBeNull());

test("an empty field is left to the rule, and what is no number goes as typed, for the server to refuse", () => {
  const draft = {
    ...newDraft("loss", "min"),
    detector: "torch",
    patience: " ",
    factor: "half",
    min_lr: "[1, x]",
  };
  expect(fromDraft(draft)).toEqual({
    ...{ metric: "loss", mode: "min", detector: "torch", action: "recommend" },
    ...{ factor: "half", min_lr: "[1, x]" },
  });
});

test("options of another rule are dropped with it", () => {
  expect(fieldsOf("torch").map(({ name }) => name)).not.toContain("window");
  expect(fromDraft({ metric: "a", detector: "torch", window: "30" })).toEqual({
    metric: "a",
    detector: "torch",
  });
});

describe("what a threshold is measured in", () => {
  test("is the rule's default until it is chosen, and goes with the rule that has it", () => {
    const draft = newDraft("loss", "min");
    expect(thresholdModeOf(draft)?.value).toBe("gain");
    expect(fromDraft(draft)).not.toHaveProperty("threshold_mode");
    const chosen = { ...draft, threshold_mode: "gain" };
    expect(fromDraft(chosen)).toMatchObject({ threshold_mode: "gain" });
    const moved = { ...chosen, detector: "torch" };
    expect(thresholdModeOf(moved)?.value).toBe("rel");
    expect(fromDraft(moved)).not.toHaveProperty("threshold_mode");
  });

  test.each(DETECTORS.map(({ value }) => value))("%s: what is offered is what the rule takes", (detector) => {
    const taken = ["gain", "rel", "abs"].filter((threshold_mode) => {
      try {
        normalisePolicy({ detector, mode: "min", threshold_mode });
        return true;
      } catch {
        return false;
      }
    });
    const offered = thresholdModeOf({ detector });
    expect(offered === null ? 1 : offered.options.length).toBe(taken.length);
    for (const { value } of offered?.options ?? []) expect(taken).toContain(value);
    const unsaid = normalisePolicy({ detector, mode: "min", threshold: 0.5 });
    const said = normalisePolicy({
      detector,
      mode: "min",
      threshold: 0.5,
      threshold_mode: offered?.value ?? taken[0],
    });
    expect(said).toEqual(unsaid);
  });
});
