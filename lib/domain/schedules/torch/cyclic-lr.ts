import type { CyclicMode } from "@/lib/domain/schedules/cyclic";
import { stepPower, wholePower } from "@/lib/domain/schedules/powers";
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
import { divide, power } from "@/lib/domain/schedules/shared/python-math";
import { perGroup } from "./param-group";
import { ruleClass } from "./rule";

const rates = either(number, listOf(number));

const PARAMETERS = {
  base_lr: required(rates),
  max_lr: required(rates),
  step_size_up: optional(number, 2000),
  step_size_down: optional(orNull(number), null),
  mode: optional(string, "triangular"),
  gamma: optional(number, 1),
  scale_mode: optional(string, "cycle"),
  cycle_momentum: optional(boolean, true),
  base_momentum: optional(rates, 0.8),
  max_momentum: optional(rates, 0.9),
};

/**
 * CyclicLR (Smith 2017): base_lr + (max_lr − base_lr)·s·scale. Overwrites the optimizer's LR with base_lr. exp_range
 * counts from the start of training. Without a `scale_fn`, which cannot be declared, `scale_mode` has no effect.
 */
export const cyclicLr = ruleClass(PARAMETERS, (args, groups, lastEpoch) => {
  const bases = perGroup("base_lr", args.base_lr, groups);
  const tops = perGroup("max_lr", args.max_lr, groups);
  const total = args.step_size_up + (args.step_size_down ?? args.step_size_up);
  const ratio = divide(args.step_size_up, total);
  const mode = modeOf(args.mode);
  const scale = scaleOf(mode, args.gamma);
  const plainScale = mode === "exp_range" ? plainPower(args.gamma) : scale;
  const height = (epoch: number, scale: Scale) => {
    const turns = 1 + epoch / total;
    const cycle = Math.floor(turns);
    const x = turns - cycle;
    return (x <= ratio ? divide(x, ratio) : divide(x - 1, ratio - 1)) * scale(cycle, epoch);
  };
  const low = perGroup("base_momentum", args.base_momentum, groups);
  const high = perGroup("max_momentum", args.max_momentum, groups);
  const lr = (base: number, index: number, part: number) => base + ((tops[index] ?? NaN) - base) * part;
  return {
    next: ({ base, epoch, index }) => lr(base, index, height(epoch, scale)),
    momentum: args.cycle_momentum
      ? ({ epoch, index }) =>
          (high[index] ?? NaN) - ((high[index] ?? NaN) - (low[index] ?? NaN)) * height(epoch, scale)
      : undefined,
    prepare: (all) => {
      if (lastEpoch === -1) all.forEach((group, i) => (group.lr = bases[i] ?? NaN));
    },
    bases,
    native: (_base, index) => ({
      kind: "cyclic",
      base_lr: bases[index] ?? NaN,
      max_lr: tops[index] ?? NaN,
      step_size_up: args.step_size_up,
      step_size_down: args.step_size_down ?? args.step_size_up,
      mode,
      gamma: args.gamma,
    }),
    plain: (_base, epoch, index) => lr(bases[index] ?? NaN, index, height(epoch, plainScale)),
  };
});

function modeOf(name: string): CyclicMode {
  if (name === "triangular" || name === "triangular2" || name === "exp_range") return name;
  throw new PythonError("ValueError", "mode is invalid and scale_fn is None");
}

type Scale = (cycle: number, epoch: number) => number;

function scaleOf(mode: CyclicMode, gamma: number): Scale {
  if (mode === "triangular") return () => 1;
  if (mode === "exp_range") return (_cycle, epoch) => power(gamma, epoch);
  const halved = wholePower(2);
  return (cycle) => 1 / halved(cycle - 1);
}

/** gamma^epoch, of which neighbouring steps share most of the work, as for ExponentialLR. */
function plainPower(gamma: number): Scale {
  if (gamma <= 0 || gamma > 1) return scaleOf("exp_range", gamma);
  const smooth = stepPower(Math.log(gamma));
  return (_cycle, epoch) => smooth(epoch);
}
