import type { Observation } from "./detect";
import type { DetectorState } from "./detector-state";
import { raiseLrs } from "./greedy-rule";
import { reduceKeras } from "./keras-rule";
import { reduceLrs } from "./param-groups";
import type { DetectorSpec } from "./plateau-policy";

/**
 * What a rule did to the LR in one check, told so that it can be done to any LR. Plain data, which JSON keeps. `set` are
 * the rates themselves; `scale` stands for that where the rule knows its rates as a scale from 1 only.
 */
export type LrCommand =
  { kind: "reduce" | "raise" | "scale"; factor: number } | { kind: "set"; lrs: number[] };

/**
 * Null when the check left the LR alone. `before` is the state that the value met; `known`: its rates are the run's, and
 * not a scale that starts from 1.
 */
export function commandOf(
  spec: DetectorSpec,
  before: DetectorState,
  seen: Observation,
  known: boolean,
): LrCommand | null {
  if (seen.fired === "raise") return { kind: "raise", factor: 1 / spec.factor };
  const factor = optaxFactor(before, seen.state) ?? spec.factor;
  if (seen.fired === "reduce") return { kind: "reduce", factor };
  const stands = seen.lrs.every((lr, group) => lr === before.lrs[group]);
  if (stands && seen.fired !== "reset") return null;
  if (known) return { kind: "set", lrs: seen.lrs };
  const [from = 1, to = 1] = [before.lrs[0], seen.lrs[0]];
  return seen.fired === "reset" && from > 0 ? { kind: "scale", factor: to / from } : null;
}

/** optax multiplies a scale that it rounds and does not let fall below `min_scale`. */
function optaxFactor({ counters: from }: DetectorState, { counters: to }: DetectorState): number | null {
  if (from.rule !== "optax" || to.rule !== "optax") return null;
  return from.scale === 0 ? 1 : to.scale / from.scale;
}

/** The rates that an optimizer with `lrs` has once it did as commanded: to the floor at most, and not by less than eps. */
export function obeyed(spec: DetectorSpec, command: LrCommand, lrs: readonly number[]): number[] {
  switch (command.kind) {
    case "set":
      return command.lrs.length === lrs.length ? command.lrs : lrs.map((lr, g) => command.lrs[g] ?? lr);
    case "scale":
      return lrs.map((lr) => lr * command.factor);
    case "raise":
      return spec.rule === "greedy" ? raiseLrs(spec, lrs) : lrs.map((lr) => lr * command.factor);
    case "reduce":
      return reduced(spec, command.factor, lrs);
  }
}

function reduced(spec: DetectorSpec, factor: number, lrs: readonly number[]): number[] {
  switch (spec.rule) {
    case "keras":
      return lrs.map((lr) => reduceKeras(spec, lr));
    case "optax":
      return lrs.map((lr) => Math.max(lr * factor, Math.min(lr, spec.min_lr)));
    default:
      return reduceLrs(lrs, spec);
  }
}

/** How many param groups the rule's arguments name. */
function groupsOf(spec: DetectorSpec): number {
  const lists = [spec.min_lr, spec.rule === "greedy" ? spec.max_lr : 0];
  return Math.max(1, ...lists.map((value) => (typeof value === "number" ? 1 : value.length)));
}

/** The rates of a run where a rule can start from them: one for each group that its arguments name. */
export function fittingRates(spec: DetectorSpec, rates: number[] | null): number[] | null {
  const groups = groupsOf(spec);
  const fits = rates?.every((lr) => lr > 0) && (groups === 1 || groups === rates.length);
  return fits ? rates : null;
}

/** What a rule starts from without a known LR: 1 for each group. */
export const placeholderRates = (spec: DetectorSpec): number[] => Array<number>(groupsOf(spec)).fill(1);

/** Does what this rule decides, and not only what it makes of the LR, hang on the LR that the run has? */
export function dependsOnRates(spec: DetectorSpec): boolean {
  return spec.rule === "keras" || spec.rule === "greedy" || (spec.rule === "timm" && spec.warmup_t > 0);
}
