import type { RuleName } from "./plateau-policy";
import { PolicyError } from "./policy-error";

interface KnownRule {
  rule: RuleName;
  library: string;
  /** Class or function name: the last segment of the constructor. */
  name: string;
  constructor: string;
}

/** A bare `ReduceLROnPlateau` without a library is torch's: the first match wins. */
const KNOWN: readonly KnownRule[] = [
  {
    rule: "torch",
    library: "torch",
    name: "ReduceLROnPlateau",
    constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau",
  },
  {
    rule: "keras",
    library: "keras",
    name: "ReduceLROnPlateau",
    constructor: "keras.callbacks.ReduceLROnPlateau",
  },
  {
    rule: "timm",
    library: "timm",
    name: "PlateauLRScheduler",
    constructor: "timm.scheduler.PlateauLRScheduler",
  },
  {
    rule: "optax",
    library: "optax",
    name: "reduce_on_plateau",
    constructor: "optax.contrib.reduce_on_plateau",
  },
  {
    rule: "greedy",
    library: "transformers",
    name: "GreedyLR",
    constructor: "transformers.optimization.GreedyLR",
  },
];

/** `trend` is ours alone: no library has a constructor for it. */
export const RULE_NAMES: readonly RuleName[] = [...KNOWN.map(({ rule }) => rule), "trend"];

/** Keras lives under several roots: `tf.keras.callbacks…`, `tensorflow.keras.callbacks…`. */
const ROOT_OF: Readonly<Record<string, string>> = { tf: "keras", tensorflow: "keras" };

/**
 * The rule that a constructor names. Modules between the root and the name do not matter (libraries report private
 * ones). @throws PolicyError for a constructor nobody knows or one that is not the given library's.
 */
export function ruleOfConstructor(constructor: string, library?: string): RuleName {
  const segments = constructor.split(".");
  const name = segments.at(-1);
  const root = segments.length > 1 ? segments[0] : undefined;
  const home = root === undefined ? library : (ROOT_OF[root] ?? root);
  const match = KNOWN.find((known) => known.name === name && (home ?? known.library) === known.library);
  if (!match) {
    const list = KNOWN.map((known) => known.constructor).join(", ");
    throw new PolicyError("constructor", `unknown constructor ${constructor}. Known: ${list}.`);
  }
  if (library !== undefined && library !== match.library) {
    throw new PolicyError("library", `${constructor} belongs to ${match.library}, not to ${library}.`);
  }
  return match.rule;
}
