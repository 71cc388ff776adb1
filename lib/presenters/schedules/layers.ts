import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { FamilySpec, ScheduleSpec, WarmupSpec } from "@/lib/domain/schedules/spec";

export type CooldownShape = "linear" | "cosine" | "1-sqrt" | "sqrt" | "square";

/** A schedule as the designer's form holds it: what comes before, the schedule itself, and what comes after. */
export interface Layers {
  readonly main: FamilySpec;
  readonly warmup: Omit<WarmupSpec, "kind" | "then"> | null;
  /** The main schedule over and over, each cycle `steps` long and `gamma` times as high as the last. */
  readonly restarts: { readonly cycles: number; readonly steps: number; readonly gamma: number } | null;
  /** From wherever the LR is at step `after` (the warmup not counted) to `to`. */
  readonly cooldown: {
    readonly after: number;
    readonly steps: number;
    readonly to: number;
    readonly shape: CooldownShape;
  } | null;
  /** A factor on everything; 1: none. */
  readonly scale: number;
  /** Everything is counted in epochs of so many steps; null: in steps. */
  readonly stepsPerEpoch: number | null;
}

/** The schedule that the layers stand for. */
export function compose(layers: Layers): ScheduleSpec {
  const { warmup, scale, stepsPerEpoch } = layers;
  const body = bodyOf(layers);
  const warmed: ScheduleSpec = warmup ? { kind: "warmup", ...warmup, then: body } : body;
  const scaled = times(scale, warmed);
  return stepsPerEpoch === null
    ? scaled
    : { kind: "per_epoch", spec: scaled, steps_per_epoch: stepsPerEpoch };
}

const times = (factor: number, spec: ScheduleSpec): ScheduleSpec =>
  factor === 1 ? spec : { kind: "product", factors: [{ kind: "constant", value: factor }, spec] };

function bodyOf({ main, restarts, cooldown }: Layers): ScheduleSpec {
  const cycles = restarts ? cyclesOf(main, restarts) : [];
  if (!cooldown) return cycles.length > 0 ? { kind: "sequence", parts: cycles } : main;
  const before = cycles.length > 0 ? cycles : [{ spec: main, steps: cooldown.after }];
  const last = before.at(-1);
  const from = last ? lrAt(last.spec, last.steps) : 0;
  const fall = cooldownSpec(cooldown, from);
  return { kind: "sequence", parts: [...before, { spec: fall, steps: cooldown.steps }] };
}

const cyclesOf = (main: FamilySpec, { cycles, steps, gamma }: NonNullable<Layers["restarts"]>) =>
  Array.from({ length: cycles }, (_, i) => ({ spec: times(gamma ** i, main), steps }));

function cooldownSpec({ shape, steps, to }: NonNullable<Layers["cooldown"]>, from: number): ScheduleSpec {
  if (shape === "linear") return { kind: "linear", from, to, steps };
  if (shape === "cosine") return { kind: "cosine", peak: from, floor: to, steps };
  return { kind: "wsd", peak: from, floor: to, warmup: 0, stable: 0, decay: steps, shape };
}

/** The layers of a schedule; null when it is built in another way, which only its JSON shows. */
export function decompose(spec: ScheduleSpec): Layers | null {
  const stepsPerEpoch = spec.kind === "per_epoch" ? spec.steps_per_epoch : null;
  const [scale, unscaled] = factorOf(spec.kind === "per_epoch" ? spec.spec : spec);
  const warmup = unscaled.kind === "warmup" ? warmupOf(unscaled) : null;
  const body = unscaled.kind === "warmup" ? unscaled.then : unscaled;
  const found = guesses(body).map((inner): Layers => ({ ...inner, warmup, scale, stepsPerEpoch }));
  // A guess counts when it gives the very same schedule back.
  return found.find((layers) => same(compose(layers), spec)) ?? null;
}

type Inner = Pick<Layers, "main" | "restarts" | "cooldown">;

function guesses(body: ScheduleSpec): Inner[] {
  if (isFamily(body)) return [{ main: body, restarts: null, cooldown: null }];
  const [first, second] = body.kind === "sequence" ? body.parts : [];
  if (body.kind !== "sequence" || !first || !second || !isFamily(first.spec)) return [];
  const main = first.spec;
  const { steps } = first;
  const cycles = (count: number) => ({ cycles: count, steps, gamma: factorOf(second.spec)[0] });
  const count = body.parts.length;
  const whole: Inner = { main, restarts: cycles(count), cooldown: null };
  const last = body.parts.at(-1);
  const fall = last && cooldownOf(last.spec, steps);
  if (!fall) return [whole];
  return [whole, { main, restarts: count === 2 ? null : cycles(count - 1), cooldown: fall }];
}

function cooldownOf(spec: ScheduleSpec, after: number): Layers["cooldown"] {
  switch (spec.kind) {
    case "linear":
      return { shape: "linear", after, steps: spec.steps, to: spec.to };
    case "cosine":
      return { shape: "cosine", after, steps: spec.steps, to: spec.floor };
    case "wsd":
      return spec.shape === "exponential"
        ? null
        : { shape: spec.shape, after, steps: spec.decay, to: spec.floor };
    default:
      return null;
  }
}

function warmupOf({ shape, steps, start_factor, overlap }: WarmupSpec): NonNullable<Layers["warmup"]> {
  return overlap === undefined ? { shape, steps, start_factor } : { shape, steps, start_factor, overlap };
}

/** A constant factor in front, and what it is applied to. */
function factorOf(spec: ScheduleSpec): [factor: number, spec: ScheduleSpec] {
  if (spec.kind !== "product" || spec.factors.length !== 2) return [1, spec];
  const [factor, rest] = spec.factors;
  return factor?.kind === "constant" && rest ? [factor.value, rest] : [1, spec];
}

const COMPOSED = ["warmup", "sequence", "product", "per_epoch", "groups"];

export const isFamily = (spec: ScheduleSpec): spec is FamilySpec => !COMPOSED.includes(spec.kind);

/** Equal as data, whatever the order of the fields; what is undefined is absent. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.size === right.size && [...left].every(([key, value]) => same(value, right.get(key)));
}

const entriesOf = (value: object): Map<string, unknown> =>
  new Map(Object.entries(value).filter(([, entry]) => entry !== undefined));
