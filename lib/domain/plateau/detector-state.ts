import { isJsonNumber, type JsonNumber } from "./json-number";

/** torch's and timm's counters. Names here and below are the libraries' own, as in the golden files. */
export interface TorchCounters {
  rule: "torch" | "timm";
  best: JsonNumber;
  num_bad_epochs: number;
  cooldown_counter: number;
}

export interface KerasCounters {
  rule: "keras";
  /** null until the first metric. */
  best: JsonNumber | null;
  wait: number;
  cooldown_counter: number;
}

export interface OptaxCounters {
  rule: "optax";
  best_value: JsonNumber;
  plateau_count: number;
  cooldown_count: number;
  count: number;
  avg_value: JsonNumber;
  scale: number;
}

export interface GreedyCounters {
  rule: "greedy";
  best: JsonNumber;
  num_bad_epochs: number;
  num_good_epochs: number;
  cooldown_counter: number;
  warmup_counter: number;
  reset_start: number;
  /** The smoothing window and its running sum; empty unless the rule smooths. */
  window: JsonNumber[];
  window_sum: JsonNumber;
}

export interface TrendCounters {
  rule: "trend";
  /** The level that later ones are compared with, and the first one; NaN before there is one. */
  best: JsonNumber;
  start: JsonNumber;
  /** Checks on end without a better level. */
  num_bad: number;
  cooldown_counter: number;
  /** Values that were passed over: NaN and the infinities. */
  num_nonfinite: number;
  /** The last finite values, at most the policy's `window`. */
  window: number[];
}

export type Counters = TorchCounters | KerasCounters | OptaxCounters | GreedyCounters | TrendCounters;

/** Everything a detector remembers. Plain data that JSON keeps exactly, so that a fold can stop and go on anywhere. */
export interface DetectorState<C extends Counters = Counters> {
  /** Observations folded so far; the next one has this index. */
  seen: number;
  best_index: number | null;
  best_step: number | null;
  /** The rates before the first observation, and now: one per param group. */
  base_lrs: number[];
  lrs: number[];
  counters: C;
}

/** Values since the best one; all of them when there is none. */
export const checksSinceBest = ({ best_index: best, seen }: DetectorState): number =>
  best === null ? seen : seen - 1 - best;

const NULLABLE = new Set(["best_index", "best_step"]);
const MAY_BE_INFINITE = new Set(["best", "start", "best_value", "avg_value", "window", "window_sum"]);

/**
 * Is `stored` (parsed JSON) a state with the same fields as `like`, which may be any state of the same rule?
 * Guarantees the shape, not that the numbers came from a fold.
 */
export function isStateLike(like: DetectorState, stored: unknown): stored is DetectorState {
  return fits("", like, stored, like.counters.rule === "keras" ? new Set([...NULLABLE, "best"]) : NULLABLE);
}

function fits(key: string, like: unknown, stored: unknown, nullable: ReadonlySet<string>): boolean {
  if (key === "rule") return stored === like;
  if (stored === null) return nullable.has(key);
  if (Array.isArray(like)) return Array.isArray(stored) && stored.every((item) => isNumberFor(key, item));
  if (typeof like !== "object" || like === null) return isNumberFor(key, stored);
  if (typeof stored !== "object") return false;
  const theirs = new Map(Object.entries(stored));
  const ours = Object.entries(like);
  return (
    ours.length === theirs.size &&
    ours.every(([name, value]) => fits(name, value, theirs.get(name), nullable))
  );
}

const isNumberFor = (key: string, value: unknown) =>
  MAY_BE_INFINITE.has(key) ? isJsonNumber(value) : Number.isFinite(value);
