import type { ArgumentReader } from "./argument-reader";
import type { DetectorSpec, GreedySpec, KerasSpec, OptaxSpec, TimmSpec, TorchSpec } from "./plateau-policy";
import { PolicyError, refusedByLibrary } from "./policy-error";
import { trendSpec } from "./trend-arguments";

/*
 * Each library's constructor: argument names, defaults and refusals (tests/golden/README.md section 13, and the
 * libraries' own sources for the refusals). Arguments only steer messages or logging where they are ignored.
 */

/** torch, Keras and GreedyLR refuse a factor of 1 or more; below 0 no library has a meaning for it. */
function factor(args: ArgumentReader, name: string, fallback: number, refusal: string): number {
  const value = args.number(name, fallback);
  if (value >= 1) throw refusedByLibrary(args.pathOf(name), refusal.replace("{}", String(value)));
  if (value < 0) throw new PolicyError(args.pathOf(name), `${name} must be 0 or more, got ${value}.`);
  return value;
}

function torchSpec(args: ArgumentReader): TorchSpec {
  args.ignore("verbose");
  return {
    rule: "torch",
    factor: factor(args, "factor", 0.1, "Factor should be < 1.0."),
    mode: args.mode("min"),
    threshold_mode: args.thresholdMode("rel"),
    threshold: args.number("threshold", 1e-4),
    patience: args.count("patience", 10),
    cooldown: args.count("cooldown", 0),
    min_lr: args.perGroup("min_lr", 0),
    eps: args.number("eps", 1e-8),
  };
}

/** timm wraps torch's scheduler: its threshold is relative and its eps is torch's default. */
function timmSpec(args: ArgumentReader): TimmSpec {
  args.ignore("verbose", "initialize", "noise_type", "noise_pct", "noise_std", "noise_seed");
  if (args.isGiven("noise_range_t")) {
    throw new PolicyError(
      args.pathOf("noise_range_t"),
      "noise cannot be replayed: it comes from torch's generator.",
    );
  }
  return {
    rule: "timm",
    factor: factor(args, "decay_rate", 0.1, "Factor should be < 1.0."),
    mode: args.mode("max"),
    threshold_mode: "rel",
    threshold: args.number("threshold", 1e-4),
    patience: args.count("patience_t", 10),
    cooldown: args.count("cooldown_t", 0),
    min_lr: args.perGroup("lr_min", 0),
    eps: 1e-8,
    warmup_t: args.count("warmup_t", 0),
    warmup_lr_init: args.number("warmup_lr_init", 0),
  };
}

/** Keras takes the magnitude of `min_delta`, and only warns about a mode that it does not know, so we refuse that. */
function kerasSpec(args: ArgumentReader): KerasSpec {
  args.ignore("monitor", "verbose");
  const refusal = "ReduceLROnPlateau does not support a factor >= 1.0. Received factor={}";
  return {
    rule: "keras",
    factor: factor(args, "factor", 0.1, refusal),
    mode: args.choice("mode", ["min", "max"], "min"),
    min_delta: Math.abs(args.number("min_delta", 1e-4)),
    patience: args.count("patience", 10),
    cooldown: args.count("cooldown", 0),
    min_lr: args.number("min_lr", 0),
  };
}

/** JAX computes in float32 unless told otherwise; `dtype` says which of the two state types to follow. */
function optaxSpec(args: ArgumentReader, dtype: "float32" | "float64"): OptaxSpec {
  const spec: OptaxSpec = {
    rule: "optax",
    mode: "min",
    factor: args.number("factor", 0.1),
    patience: args.count("patience", 10),
    rtol: args.number("rtol", 1e-4),
    atol: args.number("atol", 0),
    cooldown: args.count("cooldown", 0),
    accumulation_size: args.count("accumulation_size", 1),
    min_scale: args.number("min_scale", 0),
    min_lr: args.number("min_lr", 0),
    dtype,
  };
  const refusal = optaxRefusal(spec);
  if (refusal) throw refusedByLibrary(args.pathOf(refusal[0]), refusal[1]);
  if (dtype === "float32" && !Number.isFinite(Math.fround(spec.min_scale)))
    throw new PolicyError(args.pathOf("min_scale"), "min_scale must be below 3.4e38, as a float32 is.");
  return spec;
}

function optaxRefusal({ factor: f, rtol, atol }: OptaxSpec): [name: string, message: string] | null {
  const got = `got rtol = ${rtol} and atol = ${atol}.`;
  if (f <= 0 || f >= 1) return ["factor", `Factor must be in the range (0, 1), got factor = ${f}.`];
  if (rtol < 0) return ["rtol", `Both rtol and atol must be non-negative, ${got}`];
  if (atol < 0) return ["atol", `Both rtol and atol must be non-negative, ${got}`];
  if (rtol === 0 && atol === 0) return ["rtol", `At least one of rtol or atol must be positive, ${got}`];
  if (rtol > 1) return ["rtol", `rtol must be less than or equal to 1.0, got rtol = ${rtol}.`];
  return null;
}

/** The values of a smoothing window are part of the state that is stored at each check. */
const LONGEST_WINDOW = 10_000;

function greedySpec(args: ArgumentReader): GreedySpec {
  args.ignore("verbose");
  const spec: GreedySpec = {
    rule: "greedy",
    factor: factor(args, "factor", 0.95, "Factor should be < 1.0."),
    mode: args.mode("min"),
    threshold_mode: args.thresholdMode("abs"),
    threshold: args.number("threshold", 1e-6),
    patience: args.count("patience", 10),
    cooldown: args.count("cooldown", 0),
    warmup: args.count("warmup", 0),
    min_lr: args.perGroup("min_lr", 1e-3),
    max_lr: args.perGroup("max_lr", 1),
    eps: args.number("eps", 1e-8),
    smooth: args.boolean("smooth", false),
    window_size: args.count("window_size", 50),
    reset_start: args.count("reset_start", 500),
  };
  // The library accepts both and divides by zero on the first raise, or the first value.
  if (spec.factor === 0)
    throw new PolicyError(args.pathOf("factor"), "factor must be above 0: GreedyLR divides by it.");
  if (spec.window_size < 1 || spec.window_size > LONGEST_WINDOW) {
    const message = `window_size must be 1 to ${LONGEST_WINDOW}, got ${spec.window_size}.`;
    throw new PolicyError(args.pathOf("window_size"), message);
  }
  return spec;
}

export function specFor(
  rule: DetectorSpec["rule"],
  args: ArgumentReader,
  dtype: "float32" | "float64",
): DetectorSpec {
  switch (rule) {
    case "torch":
      return torchSpec(args);
    case "timm":
      return timmSpec(args);
    case "keras":
      return kerasSpec(args);
    case "optax":
      return optaxSpec(args, dtype);
    case "greedy":
      return greedySpec(args);
    case "trend":
      return trendSpec(args);
    default:
      return rule satisfies never;
  }
}
