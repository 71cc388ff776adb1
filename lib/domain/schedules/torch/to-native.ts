import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { readBlueprint, type Blueprint } from "./blueprint";
import { paramGroups } from "./param-group";
import { plainForm } from "./plain-form";

interface Group {
  base: number;
  index: number;
  /** The metric that a plateau follows. */
  monitor: string | undefined;
}

type Part = Extract<ScheduleSpec, { kind: "sequence" }>["parts"][number];

/**
 * One native spec per param group, or null where there is none. Throws ScheduleError for a bad declaration, PythonError
 * where torch's constructor raises.
 */
export function torchToNative(schedule: LibrarySchedule): ScheduleSpec[] | null {
  const bases = paramGroups(schedule).map((group) => group.lr);
  const blueprint = readBlueprint(schedule, "schedule", bases.length);
  // What cannot be computed without stepping has no closed form, hence no native equivalent.
  if (!plainForm(blueprint, bases)) return null;
  return allOf(bases.map((base, index) => convert(blueprint, { base, index, monitor: schedule.monitor })));
}

function convert(blueprint: Blueprint, group: Group): ScheduleSpec | null {
  const { base, index, monitor } = group;
  switch (blueprint.kind) {
    case "rule":
      return blueprint.built.rule.native?.(base, index) ?? null;
    case "restarts": {
      const { T_0, T_mult, eta_min } = blueprint.args;
      return { kind: "cosine_restarts", peak: base, floor: eta_min, T_0, T_mult };
    }
    case "plateau": {
      const { min_lrs, ...args } = blueprint.args;
      if (monitor === undefined) return null;
      return { kind: "reduce_on_plateau", peak: base, monitor, ...args, min_lr: min_lrs[index] };
    }
    case "sequential": {
      const specs = allOf(blueprint.children.map((child) => convert(child, group)));
      return specs && sequence(specs, blueprint.milestones, base);
    }
    case "chained": {
      const factors = allOf(
        blueprint.children.map((child, i) => convert(child, { ...group, base: i === 0 ? base : 1 })),
      );
      return factors && { kind: "product", factors };
    }
    default:
      return blueprint satisfies never;
  }
}

function allOf<T>(values: readonly (T | null)[]): T[] | null {
  const present = values.filter((value) => value !== null);
  return present.length === values.length ? present : null;
}

/** A line up to the base LR that ends at its milestone is told as a warmup, everything else as a sequence. */
function sequence(specs: readonly ScheduleSpec[], milestones: readonly number[], base: number): ScheduleSpec {
  const parts = specs.map((spec, i): Part => {
    const start = milestones[i - 1] ?? 0;
    return { spec, steps: (milestones[i] ?? start + ownLength(spec)) - start };
  });
  const [first, ...rest] = parts;
  if (!first || !isWarmup(first, base) || !rest[0] || firstLr(rest[0].spec) !== base)
    return { kind: "sequence", parts };
  const then: ScheduleSpec = rest.length === 1 ? rest[0].spec : { kind: "sequence", parts: rest };
  const { from } = first.spec;
  return { kind: "warmup", shape: "linear", steps: first.steps, start_factor: from / base, then };
}

type Line = Extract<ScheduleSpec, { kind: "linear" }>;

function isWarmup(part: Part, base: number): part is { spec: Line; steps: number } {
  return part.spec.kind === "linear" && part.spec.to === base && part.spec.steps === part.steps;
}

/** Where a schedule begins, as far as its fields say so. */
function firstLr(spec: ScheduleSpec): number | null {
  if (spec.kind === "linear") return spec.from;
  if (spec.kind === "constant") return spec.value;
  return "peak" in spec ? spec.peak : null;
}

/** The last part goes on for ever, but a sequence states a length for each. */
function ownLength(spec: ScheduleSpec): number {
  return "steps" in spec ? spec.steps : 1;
}
