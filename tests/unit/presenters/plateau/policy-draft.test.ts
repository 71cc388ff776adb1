import { expect, test } from "vitest";
import type { JsonObject } from "@/lib/contracts/common";
import { fieldsOf, fromDraft, newDraft, toDraft } from "@/lib/presenters/plateau/policy-draft";

test.each<JsonObject>([
  { metric: "val/loss", mode: "min", detector: "torch", action: "apply", patience: 5, factor: 0.5 },
  { metric: "val/loss", detector: "torch", min_lr: [0.1, 0.01], max_cuts: 2, not_before: 100, warmup: 3 },
  { metric: "acc", mode: "max", detector: "trend", action: "recommend", window: 40, confidence: 0.9 },
])("%j survives the form", (policy) => expect(fromDraft(toDraft(policy)!)).toEqual(policy));

test.each<JsonObject>([
  { metric: "a", constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau", config: {} },
  { metric: "a", detector: "greedy", smooth: true },
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
