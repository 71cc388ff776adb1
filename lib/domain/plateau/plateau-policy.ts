import type { JsonNumber } from "./json-number";
import type { PolicyLimits } from "./policy-limits";

export type MetricMode = "min" | "max";
export type ThresholdMode = "rel" | "abs";
export type PlateauAction = "recommend" | "apply";

/** The six rules; the word is also the `detector` of a policy in our own words. */
export type RuleName = "torch" | "keras" | "timm" | "optax" | "greedy" | "trend";

/** Fields that every rule has, under one name whatever the library calls them. */
interface RuleBase {
  factor: number;
  patience: number;
  cooldown: number;
}

/** One floor for all param groups, or one per group. */
export type PerGroup = number | readonly number[];

export interface ThresholdRule {
  mode: MetricMode;
  threshold: number;
  threshold_mode: ThresholdMode;
}

export interface TorchSpec extends RuleBase, ThresholdRule {
  rule: "torch";
  min_lr: PerGroup;
  eps: number;
}

export interface TimmSpec extends RuleBase, ThresholdRule {
  rule: "timm";
  min_lr: PerGroup;
  eps: number;
  warmup_t: number;
  warmup_lr_init: number;
}

export interface KerasSpec extends RuleBase {
  rule: "keras";
  mode: MetricMode;
  min_delta: number;
  min_lr: number;
}

export interface OptaxSpec extends RuleBase {
  rule: "optax";
  mode: "min";
  rtol: number;
  atol: number;
  accumulation_size: number;
  min_scale: number;
  /** Ours: a floor on base × scale. The library only knows `min_scale`; 0 is its behaviour. */
  min_lr: number;
  dtype: "float32" | "float64";
}

export interface GreedySpec extends RuleBase, ThresholdRule {
  rule: "greedy";
  min_lr: PerGroup;
  max_lr: PerGroup;
  eps: number;
  warmup: number;
  smooth: boolean;
  window_size: number;
  reset_start: number;
}

/** lrscope's own rule for noisy curves (`trend-rule.ts`). */
export interface TrendSpec extends RuleBase {
  rule: "trend";
  mode: MetricMode;
  threshold: number;
  /** `gain`: a share of what was gained so far. */
  threshold_mode: ThresholdMode | "gain";
  /** Checks that are judged together. */
  window: number;
  /** Of the interval about the slope, 0 to 1. */
  confidence: number;
  min_lr: PerGroup;
  eps: number;
}

/** A rule with every default filled in: what the detectors take. */
export type DetectorSpec = TorchSpec | TimmSpec | KerasSpec | OptaxSpec | GreedySpec | TrendSpec;

/** A policy after `normalisePolicy`. `metric` and `base_lrs` are null when the policy does not name them. */
export interface NormalPolicy {
  metric: string | null;
  action: PlateauAction;
  spec: DetectorSpec;
  base_lrs: number[] | null;
  limits: PolicyLimits;
}

/** Why a rule fired, or how far it is from firing, after one observation. Plain data, fit for JSON. */
export interface PlateauEvidence {
  /** The value that later ones are compared with; null before there is one. */
  best: JsonNumber | null;
  /** 0-based observation at which `best` was set, and its step if the caller gave steps. */
  best_index: number | null;
  best_step: number | null;
  /** Observations after `best`; all of them when nothing has ever improved. */
  checks_since_best: number;
  /** The rule's own counter of bad checks as it was when it decided (before a firing reset it). */
  bad: number;
  patience: number;
  threshold: number;
  threshold_mode: ThresholdMode | "gain";
  /** optax may ask for an absolute margin on top of the relative one. */
  extra_threshold?: number;
  /** What the rule judged: the metric, or its mean where the rule smooths or accumulates. */
  value: JsonNumber;
  /** The trend rule, when it fired. */
  trend?: TrendEvidence;
}

/** What the trend rule saw when it fired. Rates are improvements per check, in the metric's units. */
export interface TrendEvidence {
  window: number;
  confidence: number;
  /** Sen's slope and its interval. */
  rate: number;
  rate_low: number;
  rate_high: number;
  /** What the threshold asks for per check; 0: any improvement. */
  rate_needed: number;
  /** What the threshold asks of a new best level, in the metric's units, and how many values a level is the median of. */
  least: number;
  level_of: number;
  /** Median magnitude of the window's values; null where they change sign, and a share of it would mean nothing. */
  level: number | null;
  /** 1: larger is better, −1: smaller is. */
  sign: 1 | -1;
  /** Values since the first one that were not finite, and not judged. */
  nonfinite: number;
}
