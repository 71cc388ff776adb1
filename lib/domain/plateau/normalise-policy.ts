import { ArgumentReader } from "./argument-reader";
import { inferKerasMode } from "./keras-mode";
import { RULE_NAMES, ruleOfConstructor } from "./known-rules";
import { specFor } from "./library-arguments";
import { toNativeOptions, type NativeOptions } from "./own-words";
import type { MetricMode, NormalPolicy, PlateauAction, RuleName } from "./plateau-policy";
import { PolicyError } from "./policy-error";
import { LIMIT_FIELDS, readLimits } from "./policy-limits";
import { shown } from "./shown";

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a policy in our words that are not options of its detector. */
const OWN_FIELDS = new Set(["detector", "dtype", "metric", "mode", "action"]);
const LIBRARY_FIELDS = [
  ...["library", "constructor", "config", "base_lrs", "dtype", "metric", "mode", "action"],
  ...LIMIT_FIELDS,
];

/**
 * A policy as the wire carries it (`PlateauPolicy`: our words, or a golden plateau `spec`) with every default filled
 * in. Takes `unknown`, since it checks everything. @throws PolicyError for unknown detectors, constructors, libraries
 * or arguments (naming those that exist), wrong types, and values that the library refuses (with `raises`).
 */
export function normalisePolicy(policy: unknown): NormalPolicy {
  if (!isFields(policy)) throw new PolicyError("policy", "a policy is an object.");
  const form = Object.hasOwn(policy, "constructor") ? fromLibraryWords(policy) : fromOwnWords(policy);
  const metric = readString(policy, "metric");
  const values = withMode(form, readMode(policy), metric);
  const args = new ArgumentReader(values, form.pathOf, form.aliases);
  const spec = specFor(form.rule, args, form.dtype);
  args.finish();
  const limits = readLimits(form.limits);
  return { metric, action: readAction(policy), spec, base_lrs: form.baseLrs, limits };
}

interface PolicyForm extends NativeOptions {
  rule: RuleName;
  dtype: "float32" | "float64";
  baseLrs: number[] | null;
  /** Fields of the policy that limit when it may fire, unchecked. */
  limits: Fields;
}

function fromOwnWords(policy: Fields): PolicyForm {
  const { detector } = policy;
  // GreedyLR has a warmup of its own.
  const limitFields: readonly string[] = LIMIT_FIELDS.filter(
    (f) => !(f === "warmup" && detector === "greedy"),
  );
  const pick = (wanted: (field: string) => boolean) =>
    Object.fromEntries(Object.entries(policy).filter(([field]) => wanted(field)));
  const options = pick((field) => !OWN_FIELDS.has(field) && !limitFields.includes(field));
  const limits = pick((field) => limitFields.includes(field));
  const rule = RULE_NAMES.find((name) => name === detector);
  if (rule === undefined) {
    const known = RULE_NAMES.join(", ");
    throw new PolicyError("detector", `unknown detector ${shown(detector)}. Known: ${known}.`);
  }
  return { rule, ...toNativeOptions(rule, options), dtype: readDtype(policy, rule), baseLrs: null, limits };
}

function fromLibraryWords(policy: Fields): PolicyForm {
  for (const field of Object.keys(policy)) {
    if (LIBRARY_FIELDS.includes(field)) continue;
    throw new PolicyError(field, `unknown field ${field}. Known: ${LIBRARY_FIELDS.join(", ")}.`);
  }
  const constructor = readString(policy, "constructor") ?? "";
  const rule = ruleOfConstructor(constructor, readString(policy, "library") ?? undefined);
  const config = policy.config ?? {};
  if (!isFields(config))
    throw new PolicyError("config", "config is an object of the constructor's arguments.");
  return {
    rule,
    values: { ...config },
    pathOf: (name) => `config.${name}`,
    aliases: [],
    dtype: readDtype(policy, rule),
    baseLrs: readBaseLrs(policy),
    limits: policy,
  };
}

/** The policy's own `mode` fills in for the argument that the library would default. @throws when they disagree. */
function withMode({ rule, values }: PolicyForm, mode: MetricMode | null, metric: string | null): Fields {
  if (rule === "optax") {
    if (mode === "max")
      throw new PolicyError("mode", "optax's rule minimises: log the negated metric instead.");
    return values;
  }
  const argument = rule === "keras" && values.mode === "auto" ? null : (values.mode ?? null);
  if (mode !== null && argument !== null && mode !== argument) {
    throw new PolicyError("mode", `mode is ${mode} here and ${shown(argument)} in config: say it once.`);
  }
  const inferred = () => (rule === "keras" ? inferKerasMode(metric ?? values.monitor) : null);
  return { ...values, mode: mode ?? argument ?? inferred() };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readString(policy: Fields, field: string): string | null {
  const value = Object.hasOwn(policy, field) ? (policy[field] ?? null) : null;
  if (value === null || typeof value === "string") return value;
  throw new PolicyError(field, `${field} must be a string.`);
}

function readMode(policy: Fields): MetricMode | null {
  const mode = policy.mode ?? null;
  if (mode === null || mode === "min" || mode === "max") return mode;
  throw new PolicyError("mode", `mode ${shown(mode)} is unknown. Known: min, max.`);
}

function readAction(policy: Fields): PlateauAction {
  const action = policy.action ?? "recommend";
  if (action === "recommend" || action === "apply") return action;
  throw new PolicyError("action", `action ${shown(action)} is unknown. Known: recommend, apply.`);
}

/** Only optax can be driven in either type: Keras' rates are float32 always, the others are Python floats. */
function readDtype(policy: Fields, rule: RuleName): "float32" | "float64" {
  const only = rule === "keras" ? "float32" : "float64";
  const dtype = policy.dtype ?? only;
  if (dtype !== "float32" && dtype !== "float64") {
    throw new PolicyError("dtype", `dtype ${shown(dtype)} is unknown. Known: float32, float64.`);
  }
  if (rule !== "optax" && dtype !== only)
    throw new PolicyError("dtype", `the ${rule} rule works in ${only}.`);
  return dtype;
}

function readBaseLrs(policy: Fields): number[] | null {
  const value = policy.base_lrs ?? null;
  if (value === null) return null;
  const finite = Array.isArray(value) ? value.filter((lr): lr is number => Number.isFinite(lr)) : [];
  if (!Array.isArray(value) || value.length === 0 || finite.length !== value.length) {
    throw new PolicyError("base_lrs", "base_lrs must be one or more finite numbers.");
  }
  return finite;
}
