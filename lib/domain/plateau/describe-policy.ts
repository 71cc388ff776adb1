import type { DetectorSpec, TrendSpec } from "./plateau-policy";

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;

/** `val/loss: ×0.5 after more than 5 checks without improvement (torch's rule)`. */
export function describePolicy(metric: string, spec: DetectorSpec): string {
  if (spec.rule === "trend") return describeTrend(metric, spec);
  const { rule, factor, patience, cooldown } = spec;
  // Keras and optax fire on the check that reaches the patience, the others on the one after.
  const more = rule === "keras" || rule === "optax" ? "" : "more than ";
  const rest = cooldown > 0 ? `, then ${plural(cooldown, "check")} of cooldown` : "";
  return `${metric}: ×${factor} after ${more}${plural(patience, "check")} without improvement${rest} (${rule}'s rule)`;
}

/** `val/loss: ×0.5 once 30 checks show no improvement of 1 %, for 3 checks on end (the trend rule)`. */
function describeTrend(metric: string, spec: TrendSpec): string {
  const { factor, window, patience, threshold, threshold_mode, cooldown } = spec;
  const amount =
    threshold_mode === "rel" ? `${Number((threshold * 100).toPrecision(6))} %` : String(threshold);
  const least = threshold > 0 ? ` of ${amount}` : "";
  const times = patience > 1 ? `, for ${plural(patience, "check")} on end` : "";
  const rest = cooldown > 0 ? `, then ${plural(cooldown, "check")} of cooldown` : "";
  return `${metric}: ×${factor} once ${plural(window, "check")} show no improvement${least}${times}${rest} (the trend rule)`;
}
