import { expect, test } from "vitest";
import { explain } from "@/lib/domain/plateau/explain";
import type { PlateauEvidence } from "@/lib/domain/plateau/plateau-policy";
import type { Firing } from "@/lib/domain/plateau/step-result";

const evidence: PlateauEvidence = {
  best: 0.0812,
  best_index: 63,
  best_step: 640,
  checks_since_best: 11,
  bad: 11,
  patience: 10,
  threshold: 1e-4,
  threshold_mode: "rel",
  value: 0.0815,
};

test.each<[Firing, Partial<PlateauEvidence>, string]>([
  ["reduce", {}, "val/loss has not improved on 0.0812 (step 640) by more than 0.01 % in 11 checks."],
  ["reduce", { best_step: null }, "val/loss has not improved on 0.0812 by more than 0.01 % in 11 checks."],
  [
    "reduce",
    { checks_since_best: 1 },
    "val/loss has not improved on 0.0812 (step 640) by more than 0.01 % in 1 check.",
  ],
  ["reduce", { threshold: 0 }, "val/loss has not improved on 0.0812 (step 640) in 11 checks."],
  [
    "reduce",
    { threshold: 0.002, threshold_mode: "abs" },
    "val/loss has not improved on 0.0812 (step 640) by more than 0.002 in 11 checks.",
  ],
  [
    "reduce",
    { extra_threshold: 0.002 },
    "val/loss has not improved on 0.0812 (step 640) by more than 0.01 % plus 0.002 in 11 checks.",
  ],
  ["reduce", { best: "Infinity", best_index: null }, "val/loss has not had a usable value in 11 checks."],
  ["reduce", { best: null, best_index: null }, "val/loss has not had a usable value in 11 checks."],
  [
    "reduce",
    { best: 0.1 + 0.2 },
    "val/loss has not improved on 0.3 (step 640) by more than 0.01 % in 11 checks.",
  ],
  ["reduce", { checks_since_best: 0 }, "val/loss improved to 0.0815, and patience is 0."],
  ["raise", { checks_since_best: 0 }, "val/loss keeps improving and is now 0.0815."],
  [
    "reset",
    { threshold: 0 },
    "val/loss has not improved on 0.0812 (step 640) in 11 checks, and the learning rate has long been at its floor.",
  ],
])("%s %j", (fired, change, sentence) => {
  expect(explain("val/loss", fired, { ...evidence, ...change })).toBe(sentence);
});
