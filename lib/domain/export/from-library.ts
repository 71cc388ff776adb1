import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { countsEpochs, toNative } from "@/lib/domain/schedules/to-native";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { throughGetScheduler } from "@/lib/domain/schedules/transformers/functions";

/**
 * A native schedule that may be meant by a library's words: the caller compares the two, so that a quirk that this table
 * does not know cannot get through. Null where nothing comes to mind.
 */
export function nativeGuess(schedule: LibrarySchedule): ScheduleSpec | null {
  const library = libraryOf(schedule);
  if (library === "torch") return toNative(schedule);
  const { kwargs, base_lrs = [] } = schedule;
  if (library === "transformers")
    return toNative(schedule) ?? hardRestarts(throughGetScheduler(schedule).kwargs, base_lrs);
  const name = bareName(schedule.constructor);
  if (library === "keras") return kerasGuess(name, reader(kwargs));
  if (library === "optax") return optaxGuess(name, kwargs);
  if (library !== "timm" || countsEpochs(schedule)) return null;
  const groups = base_lrs
    .map((base) => timmGuess(name, reader(kwargs), base))
    .filter((spec) => spec !== null);
  const [only] = groups;
  if (!only || groups.length !== base_lrs.length) return null;
  return groups.length === 1 ? only : { kind: "groups", groups: groups.map((spec) => ({ spec })) };
}

/** get_scheduler's cosine_with_restarts with more than one cycle; 0 after the last. */
function hardRestarts(kwargs: LibrarySchedule["kwargs"], bases: readonly number[]): ScheduleSpec | null {
  const [peak, ...others] = bases;
  if (kwargs.name !== "cosine_with_restarts" || peak === undefined || others.length > 0) return null;
  const specific = kwargs.scheduler_specific_kwargs;
  const cycles = isRecord(specific) ? reader(specific).number("num_cycles", 1) : 1;
  const read = reader(kwargs);
  const warmup = read.number("num_warmup_steps", 0);
  const steps = read.number("num_training_steps") - warmup;
  const restarts: ScheduleSpec = { kind: "cosine_restarts", peak, floor: 0, T_0: steps / cycles, T_mult: 1 };
  const parts = [
    { spec: restarts, steps },
    { spec: { kind: "constant", value: 0 } as const, steps: 1 },
  ];
  return warmed({ kind: "sequence", parts }, warmup, 0);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Reader {
  number: (name: string, otherwise?: number) => number;
  numbers: (name: string) => number[];
  is: (name: string) => boolean;
}

function reader(kwargs: Readonly<Record<string, unknown>>): Reader {
  const numberOf = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
  return {
    number: (name, otherwise = NaN) => numberOf(kwargs[name], otherwise),
    numbers: (name) => {
      const list = kwargs[name];
      return Array.isArray(list) ? list.filter((entry) => typeof entry === "number") : [];
    },
    is: (name) => kwargs[name] === true,
  };
}

function kerasGuess(name: string, read: Reader): ScheduleSpec | null {
  const peak = read.number("initial_learning_rate");
  const steps = read.number("decay_steps");
  const decay_rate = read.number("decay_rate");
  const staircase = read.is("staircase");
  switch (name) {
    case "ExponentialDecay":
      return { kind: "exponential", peak, gamma: decay_rate, decay_steps: steps, staircase };
    case "InverseTimeDecay":
      return { kind: "inverse_time", peak, decay_rate, decay_steps: steps, staircase };
    case "PiecewiseConstantDecay": {
      const boundaries = read.numbers("boundaries").map((at) => Math.floor(at) + 1);
      return { kind: "piecewise", values: read.numbers("values"), boundaries };
    }
    case "PolynomialDecay": {
      const floor = read.number("end_learning_rate", 1e-4);
      return { kind: "polynomial", peak, floor, power: read.number("power", 1), steps };
    }
    case "CosineDecay": {
      const target = read.number("warmup_target");
      const warmup = Number.isNaN(target) ? 0 : read.number("warmup_steps", 0);
      const top = warmup > 0 ? target : peak;
      return warmed(
        { kind: "cosine", peak: top, floor: top * read.number("alpha", 0), steps },
        warmup,
        peak / top,
      );
    }
    case "CosineDecayRestarts": {
      const floor = peak * read.number("alpha", 0);
      const [T_0, T_mult] = [read.number("first_decay_steps"), read.number("t_mul", 2)];
      return { kind: "cosine_restarts", peak, floor, T_0, T_mult, gamma: read.number("m_mul", 1) };
    }
    default:
      return null;
  }
}

function optaxGuess(name: string, kwargs: LibrarySchedule["kwargs"]): ScheduleSpec | null {
  if (name === "join_schedules") return joined(kwargs);
  const read = reader(kwargs);
  const peak = read.number("init_value");
  const to = read.number("end_value", 0);
  const steps = read.number("transition_steps");
  const warmup = read.number("warmup_steps", 0);
  const top = read.number("peak_value");
  switch (name) {
    case "constant_schedule":
      return { kind: "constant", value: read.number("value") };
    case "linear_schedule":
      return { kind: "linear", from: peak, to, steps };
    case "polynomial_schedule":
      return { kind: "polynomial", peak, floor: to, power: read.number("power"), steps };
    case "exponential_decay":
      return {
        kind: "exponential",
        peak,
        gamma: read.number("decay_rate"),
        decay_steps: steps,
        staircase: read.is("staircase"),
        floor: to,
      };
    case "cosine_decay_schedule":
      return {
        kind: "cosine",
        peak,
        floor: peak * read.number("alpha", 0),
        steps: read.number("decay_steps"),
      };
    case "warmup_constant_schedule":
      return warmed({ kind: "constant", value: top }, warmup, peak / top);
    case "warmup_cosine_decay_schedule": {
      const length = read.number("decay_steps") - warmup;
      return warmed({ kind: "cosine", peak: top, floor: to, steps: length }, warmup, peak / top);
    }
    case "piecewise_constant_schedule":
      return scaled(peak, kwargs.boundaries_and_scales);
    default:
      return null;
  }
}

function scaled(init: number, pairs: unknown): ScheduleSpec | null {
  const steps = (Array.isArray(pairs) ? pairs : []).filter(Array.isArray).map((pair) => pair.map(Number));
  steps.sort(([a = NaN], [b = NaN]) => a - b);
  let value = init;
  const values = [init, ...steps.map(([, scale = NaN]) => (value *= scale))];
  return { kind: "piecewise", values, boundaries: steps.map(([at = NaN]) => at) };
}

function joined({ schedules, boundaries }: LibrarySchedule["kwargs"]): ScheduleSpec | null {
  if (!Array.isArray(schedules) || !Array.isArray(boundaries)) return null;
  const parts = schedules.map((entry: unknown, i) => {
    if (!isRecord(entry) || typeof entry.constructor !== "string" || !isRecord(entry.kwargs)) return null;
    const spec = optaxGuess(bareName(entry.constructor), entry.kwargs);
    const start = i === 0 ? 0 : Number(boundaries[i - 1]);
    return spec && { spec, steps: i < boundaries.length ? Number(boundaries[i]) - start : 1 };
  });
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? { kind: "sequence", parts: known } : null;
}

function timmGuess(name: string, read: Reader, peak: number): ScheduleSpec | null {
  const floor = read.number("lr_min", 0);
  const steps = read.number("t_initial");
  const gamma = read.number("decay_rate", 1);
  const warmup = read.number("warmup_t", 0);
  const rise = (spec: ScheduleSpec) => warmed(spec, warmup, read.number("warmup_lr_init", 0) / peak);
  switch (name) {
    case "CosineLRScheduler":
      return rise({ kind: "cosine", peak, floor, steps });
    case "PolyLRScheduler":
      return rise({ kind: "polynomial", peak, floor, power: read.number("power", 0.5), steps });
    case "StepLRScheduler":
      return rise({ kind: "step", peak, gamma, step_size: read.number("decay_t") });
    case "MultiStepLRScheduler":
      return rise({
        kind: "multi_step",
        peak,
        gamma,
        milestones: read.numbers("decay_t").map((at) => at - 1),
      });
    default:
      return null;
  }
}

function warmed(then: ScheduleSpec, steps: number, start_factor: number): ScheduleSpec {
  return steps > 0 ? { kind: "warmup", shape: "linear", steps, start_factor, then } : then;
}
