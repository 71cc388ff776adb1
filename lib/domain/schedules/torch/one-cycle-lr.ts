import { anneal, NO_PHASE, oneCyclePhases, type Levels, type Phase } from "@/lib/domain/schedules/one-cycle";
import {
  boolean,
  either,
  listOf,
  number,
  optional,
  orNull,
  required,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { perGroup } from "./param-group";
import { ruleClass, type Moment } from "./rule";

const rates = either(number, listOf(number));

const PARAMETERS = {
  max_lr: required(rates),
  total_steps: optional(orNull(number), null),
  epochs: optional(orNull(number), null),
  steps_per_epoch: optional(orNull(number), null),
  pct_start: optional(number, 0.3),
  anneal_strategy: optional(string, "cos"),
  cycle_momentum: optional(boolean, true),
  base_momentum: optional(rates, 0.85),
  max_momentum: optional(rates, 0.95),
  div_factor: optional(number, 25),
  final_div_factor: optional(number, 1e4),
  three_phase: optional(boolean, false),
};

/**
 * OneCycleLR (Smith & Topin 2018). The levels live in the param groups, so a resumed one without them raises KeyError.
 * One step past the last point is accepted, where the last phase overshoots; the next one raises.
 */
export const oneCycleLr = ruleClass(PARAMETERS, (args, groups, lastEpoch) => {
  const total = totalSteps(args);
  if (args.pct_start < 0 || args.pct_start > 1) {
    throw new PythonError(
      "ValueError",
      `Expected float between 0 and 1 pct_start, but got ${args.pct_start}`,
    );
  }
  const strategy = strategyOf(args.anneal_strategy);
  const maxLrs = perGroup("max_lr", args.max_lr, groups);
  const levels = maxLrs.map((max) => {
    const initial = divide(max, args.div_factor);
    return { initial, max, min: divide(initial, args.final_div_factor) };
  });
  const checkStep = (step: number) => {
    if (step > total) {
      throw new PythonError(
        "ValueError",
        `Tried to step ${step} times. The specified number of total steps is ${total}`,
      );
    }
  };
  const phasesOf = (level: Levels) => oneCyclePhases(total, args.pct_start, args.three_phase, level);
  const along = (phases: readonly Phase[], step: number) => {
    checkStep(step);
    let start = 0;
    for (let i = 0; i < phases.length; i++) {
      const { end, from, to } = phases[i] ?? NO_PHASE;
      if (step <= end || i === phases.length - 1)
        return anneal(strategy, from, to, divide(step - start, end - start));
      start = end;
    }
    return NaN;
  };
  const planned = levels.map(phasesOf);
  return {
    next: ({ group, epoch }) => {
      checkStep(epoch);
      return along(phasesOf(levelsIn(group)), epoch);
    },
    momentum: args.cycle_momentum
      ? cycledMomentum(args, groups, (level, step) => along(phasesOf(level), step))
      : undefined,
    prepare: (all) => {
      if (lastEpoch !== -1) return;
      all.forEach((group, i) => {
        const level = levels[i];
        Object.assign(group, { initialLr: level?.initial, maxLr: level?.max, minLr: level?.min });
      });
    },
    length: total,
    native: (_base, index) => ({
      kind: "one_cycle",
      max_lr: maxLrs[index] ?? NaN,
      total_steps: total,
      pct_start: args.pct_start,
      div_factor: args.div_factor,
      final_div_factor: args.final_div_factor,
      anneal_strategy: strategy,
      three_phase: args.three_phase,
    }),
    plain: (_base, epoch, index) => along(planned[index] ?? [], epoch),
  };
});

function totalSteps({
  total_steps,
  epochs,
  steps_per_epoch,
}: Record<"total_steps" | "epochs" | "steps_per_epoch", number | null>): number {
  if (total_steps !== null) return positive("total_steps", total_steps);
  if (epochs === null || steps_per_epoch === null) {
    throw new PythonError("ValueError", "You must define either total_steps OR (epochs AND steps_per_epoch)");
  }
  return positive("epochs", epochs) * positive("steps_per_epoch", steps_per_epoch);
}

function positive(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new PythonError("ValueError", `Expected positive integer ${name}, but got ${value}`);
}

function strategyOf(name: string): "cos" | "linear" {
  if (name === "cos" || name === "linear") return name;
  throw new PythonError(
    "ValueError",
    `anneal_strategy must be one of 'cos' or 'linear', instead got ${name}`,
  );
}

function levelsIn({ initialLr, maxLr, minLr }: Moment["group"]): Levels {
  if (initialLr === undefined) throw new PythonError("KeyError", "'initial_lr'");
  if (maxLr === undefined) throw new PythonError("KeyError", "'max_lr'");
  if (minLr === undefined) throw new PythonError("KeyError", "'min_lr'");
  return { initial: initialLr, max: maxLr, min: minLr };
}

/** Momentum runs against the LR through the same phases; the third one keeps it at its maximum. */
function cycledMomentum(
  { base_momentum, max_momentum }: Record<"base_momentum" | "max_momentum", number | number[]>,
  groups: number,
  along: (levels: Levels, step: number) => number,
): (moment: Moment) => number {
  const high = perGroup("max_momentum", max_momentum, groups);
  const low = perGroup("base_momentum", base_momentum, groups);
  return ({ epoch, index }) => {
    const [rest, deep] = [high[index] ?? NaN, low[index] ?? NaN];
    return along({ initial: rest, max: deep, min: rest }, epoch);
  };
}
