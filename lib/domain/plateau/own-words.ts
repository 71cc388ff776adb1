import type { RuleName } from "./plateau-policy";
import { PolicyError } from "./policy-error";

/** Our option names → the library's, where they differ. */
const NATIVE_NAMES: Readonly<Record<RuleName, Readonly<Record<string, string>>>> = {
  torch: {},
  greedy: {},
  trend: {},
  keras: { threshold: "min_delta" },
  timm: { factor: "decay_rate", patience: "patience_t", cooldown: "cooldown_t", min_lr: "lr_min" },
  optax: { threshold: "rtol" },
};

const HAS_THRESHOLD_MODE: readonly RuleName[] = ["torch", "greedy", "trend"];

/** Rules that know one kind of threshold only. */
const FIXED_THRESHOLD_MODE: Partial<Record<RuleName, "rel" | "abs">> = { keras: "abs", timm: "rel" };

export interface NativeOptions {
  values: Record<string, unknown>;
  /** Native name → the name the caller used. */
  pathOf: (name: string) => string;
  /** Our names, where they differ from the native ones. */
  aliases: readonly string[];
}

/** Options in our words, under the names of the detector's library. @throws PolicyError when one is given twice. */
export function toNativeOptions(rule: RuleName, options: Readonly<Record<string, unknown>>): NativeOptions {
  const names = { ...NATIVE_NAMES[rule] };
  const given = { ...options };
  dropThresholdMode(rule, given, names);
  const values: Record<string, unknown> = {};
  const written = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const native = names[name] ?? name;
    const twin = written.get(native);
    if (twin !== undefined) throw new PolicyError(name, `${name} and ${twin} are the same option: give one.`);
    written.set(native, name);
    values[native] = value;
  }
  return { values, pathOf: (name) => written.get(name) ?? name, aliases: Object.keys(NATIVE_NAMES[rule]) };
}

/** keras, timm and optax have no such argument: check it, or express it by the arguments that they have. */
function dropThresholdMode(
  rule: RuleName,
  given: Record<string, unknown>,
  names: Record<string, string>,
): void {
  const mode = given.threshold_mode;
  if (HAS_THRESHOLD_MODE.includes(rule) || mode === undefined) return;
  delete given.threshold_mode;
  const fixed = FIXED_THRESHOLD_MODE[rule];
  if (fixed !== undefined && mode !== fixed) {
    throw new PolicyError("threshold_mode", `the ${rule} detector's threshold is always ${fixed}.`);
  }
  if (mode !== "rel" && mode !== "abs") {
    throw new PolicyError("threshold_mode", "threshold_mode must be one of rel, abs.");
  }
  if (rule === "optax" && mode === "abs") {
    names.threshold = "atol";
    given.threshold ??= 1e-4;
    given.rtol ??= 0;
  }
}
