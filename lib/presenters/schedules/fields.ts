import type { FamilySpec } from "@/lib/domain/schedules/spec";

/** How one parameter of a schedule is edited. `name` is the wire's, `label` the field's standard name. */
export interface ParamField {
  readonly name: string;
  readonly label: string;
  readonly kind: "number" | "numbers" | "choice" | "flag" | "text";
  /** For a choice. */
  readonly options?: readonly string[];
  /** What holds when it is left empty; absent: it must be given. */
  readonly fallback?: string;
  readonly hint: string;
  /** Counted in steps (or epochs): scales with the length of the training. */
  readonly length?: boolean;
}

type Extra = Partial<Omit<ParamField, "name" | "label" | "kind" | "hint">>;

const number = (name: string, label: string, hint: string, extra: Extra = {}): ParamField => ({
  name,
  label,
  kind: "number",
  hint,
  ...extra,
});
const steps = (name: string, label: string, hint: string, extra: Extra = {}): ParamField =>
  number(name, label, hint, { length: true, ...extra });
const numbers = (name: string, label: string, hint: string, extra: Extra = {}): ParamField => ({
  ...number(name, label, hint, extra),
  kind: "numbers",
});
const choice = (name: string, options: readonly string[], hint: string, extra: Extra = {}): ParamField => ({
  ...number(name, name, hint, extra),
  kind: "choice",
  options,
});
const flag = (name: string, hint: string): ParamField => ({
  ...number(name, name, hint),
  kind: "flag",
  fallback: "off",
});

const LR = number("peak", "lr", "The LR that it starts from.");
const ETA_MIN = number("floor", "eta_min", "The lowest LR.");
const GAMMA = number("gamma", "gamma", "The factor of every cut.");

/** The parameters of each family, in the order in which they are edited. */
export const FAMILY_FIELDS: Readonly<Record<FamilySpec["kind"], readonly ParamField[]>> = {
  constant: [number("value", "lr", "The LR.")],
  step: [LR, steps("step_size", "step_size", "Steps between two cuts."), GAMMA],
  multi_step: [LR, numbers("milestones", "milestones", "Steps of the cuts.", { length: true }), GAMMA],
  piecewise: [
    numbers("values", "values", "One LR more than there are boundaries."),
    numbers("boundaries", "boundaries", "Steps at which the next value begins.", { length: true }),
  ],
  exponential: [
    LR,
    number("gamma", "gamma", "The factor over decay_steps."),
    steps("decay_steps", "decay_steps", "Steps in which gamma applies once.", { fallback: "1" }),
    flag("staircase", "Cut once per decay_steps instead of falling smoothly."),
    number("floor", "eta_min", "The lowest LR.", { fallback: "0" }),
  ],
  inverse_time: [
    LR,
    number("decay_rate", "decay_rate", "lr ÷ (1 + decay_rate · step / decay_steps)."),
    steps("decay_steps", "decay_steps", "Steps in which decay_rate applies once."),
    flag("staircase", "Once per decay_steps instead of every step."),
  ],
  polynomial: [
    LR,
    number("floor", "end_lr", "The LR at the end."),
    number("power", "power", "1 is a straight line."),
    steps("steps", "total_iters", "Steps until the end."),
  ],
  linear: [
    number("from", "start_lr", "The LR of the first step."),
    number("to", "end_lr", "The LR at the end."),
    steps("steps", "total_iters", "Steps until the end."),
  ],
  cosine: [LR, ETA_MIN, steps("steps", "T_max", "Steps until the floor.")],
  cosine_restarts: [
    LR,
    ETA_MIN,
    steps("T_0", "T_0", "Steps of the first cycle."),
    number("T_mult", "T_mult", "How much longer each cycle is than the last."),
    number("gamma", "gamma", "The factor on each cycle’s peak.", { fallback: "1" }),
  ],
  one_cycle: [
    number("max_lr", "max_lr", "The LR at the top."),
    steps("total_steps", "total_steps", "Steps of the cycle."),
    number("pct_start", "pct_start", "The share that rises.", { fallback: "0.3" }),
    number("div_factor", "div_factor", "It starts at max_lr ÷ this.", { fallback: "25" }),
    number("final_div_factor", "final_div_factor", "It ends at its start ÷ this.", { fallback: "1e4" }),
    choice("anneal_strategy", ["cos", "linear"], "The shape of both slopes.", { fallback: "cos" }),
    flag("three_phase", "Fall back to the start first, then to the end."),
  ],
  cyclic: [
    number("base_lr", "base_lr", "The lower bound."),
    number("max_lr", "max_lr", "The upper bound."),
    steps("step_size_up", "step_size_up", "Steps of a rise."),
    steps("step_size_down", "step_size_down", "Steps of a fall.", { fallback: "as up" }),
    choice("mode", ["triangular", "triangular2", "exp_range"], "How the height changes.", {
      fallback: "triangular",
    }),
    number("gamma", "gamma", "exp_range’s factor per step.", { fallback: "1" }),
  ],
  inverse_sqrt: [
    LR,
    steps("warmup", "warmup_steps", "Steps of its own linear warmup.", { fallback: "0" }),
    steps("timescale", "timescale", "Steps in which it falls to 1/√2.", { fallback: "warmup_steps" }),
  ],
  wsd: [
    LR,
    number("floor", "min_lr", "The LR before and after."),
    steps("warmup", "warmup_steps", "Steps of the rise."),
    steps("stable", "stable_steps", "Steps at the top."),
    steps("decay", "decay_steps", "Steps of the fall."),
    choice("shape", ["linear", "cosine", "exponential", "1-sqrt", "sqrt", "square"], "Of the fall."),
    choice("warmup_shape", ["linear", "cosine", "1-sqrt"], "Of the rise.", { fallback: "linear" }),
  ],
  reduce_on_plateau: [
    LR,
    { ...number("monitor", "monitor", "The metric that is watched."), kind: "text" },
    choice("mode", ["min", "max"], "Whether lower or higher is better.", { fallback: "min" }),
    number("factor", "factor", "The factor of every cut.", { fallback: "0.1" }),
    number("patience", "patience", "Checks without improvement before a cut.", { fallback: "10" }),
    number("threshold", "threshold", "What counts as an improvement.", { fallback: "1e-4" }),
    choice("threshold_mode", ["rel", "abs"], "Of the best, or as it is.", { fallback: "rel" }),
    number("cooldown", "cooldown", "Checks to wait after a cut.", { fallback: "0" }),
    number("min_lr", "min_lr", "The lowest LR.", { fallback: "0" }),
  ],
};

export const WARMUP_FIELDS: readonly ParamField[] = [
  steps("steps", "warmup_steps", "Steps until the full LR."),
  choice("shape", ["linear", "cosine", "exponential", "constant"], "Of the rise."),
  number("start_factor", "start_factor", "The share of the LR at step 0."),
  flag("overlap", "The schedule already runs underneath, instead of starting after the warmup."),
];

export const RESTART_FIELDS: readonly ParamField[] = [
  number("cycles", "cycles", "How many times the schedule runs in all."),
  steps("steps", "cycle_steps", "Steps of a cycle."),
  number("gamma", "gamma", "The factor from one cycle to the next."),
];

export const COOLDOWN_FIELDS: readonly ParamField[] = [
  steps("after", "start_step", "The step, counted after the warmup, at which it begins."),
  steps("steps", "cooldown_steps", "Steps until the end."),
  number("to", "end_lr", "The LR at the end."),
  choice("shape", ["linear", "cosine", "1-sqrt", "sqrt", "square"], "Of the fall."),
];

/** A field's value as it is typed; "" when it is left to the fallback. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(numberText).join(", ");
  return typeof value === "number" ? numberText(value) : String(value);
}

/** As the field writes numbers: `0.003`, `3e-5`, `100000`. */
function numberText(value: unknown): string {
  if (typeof value !== "number" || value === 0) return String(value);
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e9 ? value.toExponential().replace("e+", "e") : String(value);
}

/** What was typed as a value; undefined for nothing, the text itself where it is no number, so that the contract refuses it. */
export function fieldValue(field: ParamField, text: string): unknown {
  const typed = text.trim();
  if (field.kind === "numbers") {
    return typed.split(/[\s,;]+/).flatMap((part) => (part === "" ? [] : [numberOr(part)]));
  }
  if (typed === "") return undefined;
  return field.kind === "number" ? numberOr(typed) : typed;
}

const numberOr = (text: string): number | string => (Number.isFinite(Number(text)) ? Number(text) : text);
