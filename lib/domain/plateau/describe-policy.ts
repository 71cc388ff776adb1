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

/** `val/loss: ×0.5 after 10 checks without a gain of 1 % of all so far, if 30 show no slope (the trend rule)`. */
function describeTrend(metric: string, spec: TrendSpec): string {
  const { factor, window, patience, threshold, threshold_mode, cooldown } = spec;
  const share = `${Number((threshold * 100).toPrecision(6))} %`;
  const least = { gain: ` of ${share} of all so far`, rel: ` of ${share}`, abs: ` of ${threshold}` }[
    threshold_mode
  ];
  const gain = threshold > 0 ? least : "";
  const rest = cooldown > 0 ? `, then ${plural(cooldown, "check")} of cooldown` : "";
  return `${metric}: ×${factor} after ${plural(patience, "check")} without a gain${gain}, if ${window} show no slope${rest} (the trend rule)`;
}
