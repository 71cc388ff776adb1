import type { DetectorSpec } from "./plateau-policy";

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;

/** `val/loss: ×0.5 after more than 5 checks without improvement (torch's rule)`. */
export function describePolicy(metric: string, spec: DetectorSpec): string {
  const { rule, factor, patience, cooldown } = spec;
  // Keras and optax fire on the check that reaches the patience, the others on the one after.
  const more = rule === "keras" || rule === "optax" ? "" : "more than ";
  const rest = cooldown > 0 ? `, then ${plural(cooldown, "check")} of cooldown` : "";
  return `${metric}: ×${factor} after ${more}${plural(patience, "check")} without improvement${rest} (${rule}'s rule)`;
}
