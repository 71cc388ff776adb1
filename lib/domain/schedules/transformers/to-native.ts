import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { baseLrsOf } from "@/lib/domain/schedules/shared/schedule-input";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { readGetScheduler, transformersLr, type GetScheduler } from "./evaluate";

/** One param group: its base LR, and the first group's, to which absolute floors refer. */
interface Group {
  base: number;
  defaultLr: number;
  warmup: number;
  /** Steps after the warmup. */
  rest: number;
  specific: Specific;
}

/** The schedule's own arguments; `transformersLr` has checked their types. */
interface Specific {
  number: (name: string) => number | undefined;
  string: (name: string) => string | undefined;
}

/** One native spec per param group, or null where there is none. Throws as `transformersLr` does. */
export function transformersToNative(schedule: LibrarySchedule): ScheduleSpec[] | null {
  transformersLr(schedule);
  const args = readGetScheduler(schedule);
  const bases = baseLrsOf(schedule);
  const specs = bases.map((base) => convert(args, groupOf(args, base, bases[0] ?? NaN), schedule.monitor));
  const present = specs.filter((spec) => spec !== null);
  return present.length === specs.length ? present : null;
}

function groupOf(args: GetScheduler, base: number, defaultLr: number): Group {
  const warmup = args.num_warmup_steps ?? 0;
  const kwargs = args.specific;
  const specific: Specific = {
    number: (name) => (typeof kwargs[name] === "number" ? kwargs[name] : undefined),
    string: (name) => (typeof kwargs[name] === "string" ? kwargs[name] : undefined),
  };
  return { base, defaultLr, warmup, rest: (args.num_training_steps ?? 0) - warmup, specific };
}

function convert({ name }: GetScheduler, group: Group, monitor: string | undefined): ScheduleSpec | null {
  const { base, warmup, rest, specific } = group;
  if (name === "constant") return { kind: "constant", value: base };
  if (name === "constant_with_warmup") return warmed(group, { kind: "constant", value: base });
  if (name === "inverse_sqrt") {
    return { kind: "inverse_sqrt", peak: base, warmup, timescale: specific.number("timescale") };
  }
  if (name === "warmup_stable_decay") return wsd(group);
  if (name === "reduce_lr_on_plateau" && monitor !== undefined) {
    return { kind: "reduce_on_plateau", peak: base, monitor };
  }
  const decay = rest > 0 ? decayed(name, group) : null;
  return decay && warmed(group, decay);
}

function decayed(name: string, group: Group): ScheduleSpec | null {
  const { base, defaultLr, rest: steps, specific } = group;
  switch (name) {
    case "linear":
      return { kind: "linear", from: base, to: 0, steps };
    case "polynomial": {
      const floor = (base * (specific.number("lr_end") ?? 1e-7)) / defaultLr;
      return { kind: "polynomial", peak: base, floor, power: specific.number("power") ?? 1, steps };
    }
    case "cosine_with_restarts":
      return cosine(group, 1, 0);
    case "cosine":
      return cosine(group, 0.5, 0);
    case "cosine_with_min_lr":
      return cosine(
        group,
        0.5,
        specific.number("min_lr_rate") ?? (specific.number("min_lr") ?? 0) / defaultLr,
      );
    default:
      return null;
  }
}

/** Half a wave, which is what `halfWave` cycles (the default) make; other numbers of cycles have no native form. */
function cosine({ base, rest, specific }: Group, halfWave: number, floorRate: number): ScheduleSpec | null {
  if ((specific.number("num_cycles") ?? halfWave) !== halfWave) return null;
  return { kind: "cosine", peak: base, floor: base * floorRate, steps: rest };
}

function warmed({ warmup: steps }: Group, then: ScheduleSpec): ScheduleSpec {
  return steps > 0 ? { kind: "warmup", shape: "linear", steps, start_factor: 0, then } : then;
}

function wsd({ base, warmup, rest, specific }: Group): ScheduleSpec | null {
  const decay = specific.number("num_decay_steps") ?? 0;
  const stable = specific.number("num_stable_steps") ?? rest - decay;
  const shape = specific.string("decay_type") ?? "cosine";
  const warmup_shape = specific.string("warmup_type") ?? "linear";
  if (!isWsdShape(shape) || !isWsdShape(warmup_shape) || stable < 0) return null;
  if (shape === "cosine" && (specific.number("num_cycles") ?? 0.5) !== 0.5) return null;
  const floor = base * (specific.number("min_lr_ratio") ?? 0);
  return { kind: "wsd", peak: base, floor, warmup, stable, decay, shape, warmup_shape };
}

function isWsdShape(name: string): name is "linear" | "cosine" | "1-sqrt" {
  return ["linear", "cosine", "1-sqrt"].includes(name);
}
