import { isNative, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { isUneven, unitStepping } from "@/lib/domain/schedules/cadence";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { countsEpochs, toNative } from "@/lib/domain/schedules/to-native";

/** One short plain phrase with the parameters that matter: `cosine 3.0e-3 → 3.0e-5 over 1200 steps`. */
export function describeSchedule(schedule: DeclaredSchedule): string {
  if (isNative(schedule)) return phrase(schedule, "steps");
  const own = { ...schedule, stepping: undefined };
  const native = toNative(own);
  if (!native) return call(schedule);
  const { every } = unitStepping(schedule);
  if (every !== 1 || isUneven(schedule)) return phrase(native, "scheduler steps");
  return phrase(native, countsEpochs(schedule) ? "epochs" : "steps");
}

/* eslint-disable complexity -- one phrase per kind */
function phrase(spec: ScheduleSpec, unit: string): string {
  switch (spec.kind) {
    case "constant":
      return `constant ${rate(spec.value)}`;
    case "step":
      return `step ×${plain(spec.gamma)} every ${plain(spec.step_size)} ${unit} from ${rate(spec.peak)}`;
    case "multi_step":
      return `×${plain(spec.gamma)} at ${unit} ${some(spec.milestones.map(plain))} from ${rate(spec.peak)}`;
    case "piecewise":
      return `piecewise ${some(spec.values.map(rate))} changing at ${unit} ${some(spec.boundaries.map(plain))}`;
    case "exponential": {
      const every = spec.decay_steps ?? 1;
      const period = every === 1 ? unit.slice(0, -1) : `${plain(every)} ${unit}`;
      return `exponential ×${plain(spec.gamma)} per ${period} from ${rate(spec.peak)}`;
    }
    case "inverse_time":
      return `inverse time from ${rate(spec.peak)}, rate ${plain(spec.decay_rate)} per ${plain(spec.decay_steps)} ${unit}`;
    case "polynomial":
      return `polynomial ${fall(spec.peak, spec.floor, spec.steps, unit)}, power ${plain(spec.power)}`;
    case "linear":
      return `linear ${fall(spec.from, spec.to, spec.steps, unit)}`;
    case "cosine":
      return `cosine ${fall(spec.peak, spec.floor, spec.steps, unit)}`;
    case "cosine_restarts": {
      const growth = spec.T_mult === 1 ? "" : `, cycles ×${plain(spec.T_mult)}`;
      return `cosine restarts ${rate(spec.peak)} → ${rate(spec.floor)}, first cycle ${plain(spec.T_0)} ${unit}${growth}`;
    }
    case "one_cycle":
      return `one-cycle up to ${rate(spec.max_lr)} over ${plain(spec.total_steps)} ${unit}`;
    case "cyclic":
      return `cyclic ${rate(spec.base_lr)} ↔ ${rate(spec.max_lr)}, ${plain(spec.step_size_up)} ${unit} up`;
    case "inverse_sqrt":
      return `inverse sqrt from ${rate(spec.peak)}${spec.warmup ? `, warmup ${plain(spec.warmup)} ${unit}` : ""}`;
    case "wsd": {
      const lengths = [spec.warmup, spec.stable, spec.decay].map(plain).join(" + ");
      return `WSD ${rate(spec.peak)} → ${rate(spec.floor)}, ${lengths} ${unit}, ${spec.shape} decay`;
    }
    case "reduce_on_plateau":
      return `×${plain(spec.factor ?? 0.1)} when ${spec.monitor} plateaus (patience ${plain(spec.patience ?? 10)}) from ${rate(spec.peak)}`;
    case "warmup":
      return `${spec.shape} warmup ${plain(spec.steps)} ${unit}, then ${phrase(spec.then, unit)}`;
    case "sequence":
      return some(
        spec.parts.map((part) => phrase(part.spec, unit)),
        ", then ",
      );
    case "product":
      return some(
        spec.factors.map((factor) => phrase(factor, unit)),
        " × ",
      );
    case "per_epoch":
      return phrase(spec.spec, "epochs");
    case "groups":
      return groups(spec.groups.map((group) => phrase(group.spec, unit)));
    default:
      return spec satisfies never;
  }
}
/* eslint-enable complexity */

const fall = (from: number, to: number, steps: number, unit: string) =>
  `${rate(from)} → ${rate(to)} over ${plain(steps)} ${unit}`;

function groups(phrases: readonly string[]): string {
  const [first = "", ...others] = phrases;
  return others.length === 0 ? first : `${phrases.length} groups: ${some(phrases, "; ", 2)}`;
}

/** A library's own words where we have no better ones: `CosineDecay(decay_steps=100, …)`. */
function call({ constructor, kwargs }: LibrarySchedule): string {
  const words = Object.entries(kwargs).map(([name, value]) => `${name}=${argument(value)}`);
  return `${bareName(constructor)}(${some(words)})`;
}

function argument(value: unknown): string {
  if (typeof value === "number") return plain(value);
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${some(value.map(argument), ", ", 3)}]`;
  if (value === null) return "none";
  return isBlueprint(value) ? bareName(value.constructor) : "…";
}

/** A schedule that is another's argument, as those of SequentialLR. */
const isBlueprint = (value: unknown): value is { constructor: string } =>
  typeof value === "object" && value !== null && typeof value.constructor === "string";

/** The first few of a list, and that there are more. */
function some(words: readonly string[], separator = ", ", most = 4): string {
  return words.slice(0, most).join(separator) + (words.length > most ? `${separator}…` : "");
}

/** An LR: `0.1`, `0.05`, `3.0e-3`. */
function rate(lr: number): string {
  if (lr === 0 || Math.abs(lr) >= 0.01) return plain(lr);
  const [mantissa = "0", exponent = "0"] = lr.toExponential(2).split("e");
  return `${mantissa.replace(/0$/, "")}e${exponent}`;
}

/** Three significant digits, whole numbers in full. */
function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
