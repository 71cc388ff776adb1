import type { ArgumentReader } from "./argument-reader";
import type { TrendSpec } from "./plateau-policy";
import { PolicyError } from "./policy-error";

/** One is torch's rule; more would make a check slow. */
const WINDOW = { min: 1, max: 100 };

/** The defaults are the point of the benchmark (docs/benchmarks.md) where both false alarms and delay are low. */
export function trendSpec(args: ArgumentReader): TrendSpec {
  args.ignore("verbose");
  const spec: TrendSpec = {
    rule: "trend",
    factor: args.number("factor", 0.5),
    mode: args.mode("min"),
    window: args.count("window", 30),
    patience: args.count("patience", 10),
    threshold: args.number("threshold", 0.005),
    threshold_mode: args.oneOf("threshold_mode", ["gain", "rel", "abs"], "gain"),
    confidence: args.number("confidence", 0.5),
    cooldown: args.count("cooldown", 0),
    min_lr: args.perGroup("min_lr", 0),
    eps: args.number("eps", 1e-8),
  };
  const wrong = refusal(spec);
  if (wrong) throw new PolicyError(args.pathOf(wrong[0]), wrong[1]);
  return spec;
}

function refusal(spec: TrendSpec): [name: string, message: string] | null {
  const { factor, window, patience, threshold, confidence } = spec;
  if (factor <= 0 || factor >= 1) return ["factor", `factor must be above 0 and below 1, got ${factor}.`];
  if (window < WINDOW.min || window > WINDOW.max)
    return ["window", `window must be ${WINDOW.min} to ${WINDOW.max} checks, got ${window}.`];
  if (patience < 1) return ["patience", `patience must be 1 or more, got ${patience}.`];
  if (threshold < 0) return ["threshold", `threshold must be 0 or more, got ${threshold}.`];
  if (confidence < 0 || confidence > 0.999)
    return ["confidence", `confidence must be 0 to 0.999, got ${confidence}.`];
  return null;
}
