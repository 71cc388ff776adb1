import type { JsonObject } from "@/lib/contracts/common";
import { runColor } from "@/lib/presenters/format/run-color";
import { fromDraft, type PolicyDraft, toDraft } from "./policy-draft";

export const MAX_CANDIDATES = 6;

/** A policy that is tried out, named by a letter for as long as it stands there. */
export interface PolicyCandidate {
  readonly letter: string;
  readonly draft: PolicyDraft;
}

const LETTERS = "ABCDEF";

/** Colour is which candidate; the letter says the same. */
export const candidateCss = (letter: string): string => runColor(Math.max(0, LETTERS.indexOf(letter)));

/** The first letter that no candidate has; null when all are taken. */
export const freeLetter = (candidates: readonly PolicyCandidate[]): string | null =>
  [...LETTERS].find((letter) => candidates.every((other) => other.letter !== letter)) ?? null;

/** What a backtest opens with: the run's own policies as far as a form can hold them, or torch's rule and the trend rule. */
export function startCandidates(
  policies: readonly JsonObject[],
  metric: string,
  mode: "min" | "max",
): PolicyCandidate[] {
  const own = policies
    .map(toDraft)
    .filter((draft) => draft !== null)
    .slice(0, MAX_CANDIDATES - 1);
  const common = { metric, mode, factor: "0.5" };
  const torch = { ...common, detector: "torch", patience: "10" };
  const trend = { ...common, detector: "trend", patience: "10", threshold: "0.005", window: "30" };
  const drafts = own.length > 0 ? own : [torch, trend];
  return drafts.map((draft, i) => ({ letter: LETTERS[i] ?? "", draft }));
}

/** Another candidate like the given one, with a patience and a threshold of its own. */
export function withCandidate(
  candidates: readonly PolicyCandidate[],
  like: PolicyDraft,
  setting: { patience?: number; threshold?: number } = {},
): PolicyCandidate[] {
  const letter = freeLetter(candidates);
  if (letter === null) return [...candidates];
  const changed = Object.entries(setting).map(([name, value]) => [name, String(value)]);
  return [...candidates, { letter, draft: { ...like, ...Object.fromEntries(changed) } }];
}

/** As the wire takes it. */
export const policyOf = ({ draft }: PolicyCandidate): JsonObject => fromDraft(draft);
