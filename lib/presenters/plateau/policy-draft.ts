import type { JsonObject } from "@/lib/contracts/common";
import { own } from "@/lib/domain/own";

/** A policy as a form has it: what was typed, by field; empty: left to the rule's default. */
export type PolicyDraft = Readonly<Record<string, string>>;

export interface DraftField {
  readonly name: string;
  readonly label: string;
  /** What an empty field comes to, and what the field means. */
  readonly hint: string;
}

export const DETECTORS = [
  { value: "trend", label: "trend, for noisy curves" },
  { value: "torch", label: "torch" },
  { value: "keras", label: "Keras" },
  { value: "timm", label: "timm" },
  { value: "optax", label: "optax" },
  { value: "greedy", label: "GreedyLR" },
] as const;

const RULE_FIELDS: readonly DraftField[] = [
  { name: "patience", label: "Patience", hint: "checks without improvement" },
  { name: "threshold", label: "Threshold", hint: "least improvement that counts" },
  { name: "factor", label: "Factor", hint: "of each cut" },
  { name: "cooldown", label: "Cooldown", hint: "checks after a cut" },
  { name: "min_lr", label: "Floor (min LR)", hint: "no cut goes below" },
];

const TREND_FIELDS: readonly DraftField[] = [
  { name: "window", label: "Window", hint: "checks that the slope is fitted to" },
  { name: "confidence", label: "Confidence", hint: "0 to 0.999" },
];

const LIMIT_FIELDS: readonly DraftField[] = [
  { name: "warmup", label: "Warmup", hint: "first checks that fire nothing" },
  { name: "not_before", label: "Not before step", hint: "any step when empty" },
  { name: "max_cuts", label: "At most cuts", hint: "any number when empty" },
];

/** The numbers that a policy of this detector may be given. */
export const fieldsOf = (detector: string | undefined): readonly DraftField[] => [
  ...RULE_FIELDS,
  ...(detector === "trend" ? TREND_FIELDS : []),
  ...LIMIT_FIELDS,
];

type ThresholdMode = "gain" | "rel" | "abs";

/** What the threshold is measured in, for each rule; its default first. Keras and timm know one way only. */
const THRESHOLD_MODES: Readonly<Record<string, readonly ThresholdMode[]>> = {
  trend: ["gain", "rel", "abs"],
  torch: ["rel", "abs"],
  greedy: ["abs", "rel"],
  optax: ["rel", "abs"],
  keras: ["abs"],
  timm: ["rel"],
};

const THRESHOLD_WORDS: Readonly<Record<ThresholdMode, string>> = {
  gain: "share of the gain",
  rel: "share of the best",
  abs: "metric’s units",
};

export const THRESHOLD_HINTS: Readonly<Record<ThresholdMode, string>> = {
  gain: "of all that was gained so far",
  rel: "of the best so far",
  abs: "an amount, whatever the level",
};

const thresholdModes = (detector = ""): readonly ThresholdMode[] => own(THRESHOLD_MODES, detector) ?? [];

/** The ways to measure this draft's threshold, and the one in use; null: the rule leaves no choice. */
export function thresholdModeOf({ detector, threshold_mode }: PolicyDraft) {
  const modes = thresholdModes(detector);
  const value = modes.find((mode) => mode === threshold_mode) ?? modes[0];
  if (value === undefined || modes.length < 2) return null;
  return { value, options: modes.map((mode) => ({ value: mode, label: THRESHOLD_WORDS[mode] })) };
}

const WORDS = new Set(["metric", "mode", "detector", "action", "threshold_mode"]);

export const newDraft = (metric: string, mode: "min" | "max"): PolicyDraft => ({
  ...{ metric, mode, detector: "trend", action: "recommend" },
});

/** null: the policy says more than the form can hold (a library's own words, unusual options). */
export function toDraft(policy: JsonObject): PolicyDraft | null {
  const known = new Set([...WORDS, ...fieldsOf(String(policy.detector)).map(({ name }) => name)]);
  const entries = Object.entries(policy).filter(([, value]) => value !== null);
  if (!("detector" in policy) || entries.some(([name]) => !known.has(name))) return null;
  const { detector, threshold_mode: mode } = policy;
  if (mode && !thresholdModes(String(detector)).some((one) => one === mode)) return null;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** What is not a number goes as it was typed: the server names the field and says what it takes. */
export function fromDraft(draft: PolicyDraft): JsonObject {
  const fields = new Set([...WORDS, ...fieldsOf(draft.detector).map(({ name }) => name)]);
  return Object.fromEntries(
    Object.entries(draft).flatMap(([name, text]) => {
      if (text.trim() === "" || !fields.has(name)) return [];
      // Of another rule, chosen before this one was.
      if (name === "threshold_mode" && !thresholdModes(draft.detector).some((mode) => mode === text))
        return [];
      return [[name, WORDS.has(name) ? text.trim() : numberOrText(text)]];
    }),
  );
}

function numberOrText(text: string): number | number[] | string {
  const numbers = text
    .replace(/[[\]]/g, "")
    .split(",")
    .map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [first = NaN] = numbers;
  if (!numbers.every(Number.isFinite)) return text;
  return numbers.length === 1 ? first : numbers;
}
