import {
  either,
  integer,
  listOf,
  optional,
  readArguments,
  required,
  type Kwargs,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { radamFactor } from "./radam";

/** One param group's warmup. */
interface GroupWarmup {
  /** ω(step), the factor on the inner schedule's LR in iteration `step`, 0-based. */
  factor: (step: number) => number;
  /** In iterations; RAdamWarmup has none. */
  period?: number;
}

export interface Warmup {
  groups: GroupWarmup[];
  lastStep: number;
}

interface WarmupInput {
  kwargs: Kwargs;
  path: string;
  groups: number;
  /** Adam's second beta, the same for all groups. */
  beta2: number;
}

type WarmupConstructor = (input: WarmupInput) => Warmup;

type PeriodWarmup = (period: number) => GroupWarmup;

const LAST_STEP = { last_step: optional(integer, -1) };

/** min(1, (step + 1) / period). */
const linear: PeriodWarmup = (period) => ({ period, factor: (step) => Math.min(1, (step + 1) / period) });

/** 1 − exp(−(step + 1) / period). */
const exponential: PeriodWarmup = (period) => ({
  period,
  factor: (step) => 1 - Math.exp(-(step + 1) / period),
});

/** LinearWarmup and ExponentialWarmup: the period is an argument, one for all groups or one each. */
function tuned(warmup: PeriodWarmup): WarmupConstructor {
  return ({ kwargs, path, groups }) => {
    const args = readArguments(kwargs, path, {
      warmup_period: required(either(integer, listOf(integer))),
      ...LAST_STEP,
    });
    const periods = [args.warmup_period].flat();
    if (Array.isArray(args.warmup_period) && periods.length !== groups) {
      const message = `The size of warmup_period (${periods.length}) does not match the size of param_groups (${groups}).`;
      throw new PythonError("ValueError", message);
    }
    if (periods.some((period) => period <= 0)) {
      throw new PythonError("ValueError", "warmup_period must be a positive integer");
    }
    const perGroup = Array.from({ length: groups }, (_, group) => warmup(periods[group] ?? periods[0] ?? 1));
    return { groups: perGroup, lastStep: args.last_step };
  };
}

/** UntunedLinearWarmup and UntunedExponentialWarmup: period = max(1, trunc(numerator / (1 − β2))). */
function untuned(warmup: PeriodWarmup, numerator: number): WarmupConstructor {
  return ({ kwargs, path, groups, beta2 }) => {
    const { last_step } = readArguments(kwargs, path, LAST_STEP);
    const period = Math.max(1, Math.trunc(numerator / (1 - checkBeta(beta2))));
    return { groups: Array.from({ length: groups }, () => warmup(period)), lastStep: last_step };
  };
}

/** RAdamWarmup: see `radamFactor`. */
const radam: WarmupConstructor = ({ kwargs, path, groups, beta2 }) => {
  const { last_step } = readArguments(kwargs, path, LAST_STEP);
  const factor = radamFactor(checkBeta(beta2));
  return { groups: Array.from({ length: groups }, () => ({ factor })), lastStep: last_step };
};

export const WARMUPS: Readonly<Record<string, WarmupConstructor>> = {
  LinearWarmup: tuned(linear),
  ExponentialWarmup: tuned(exponential),
  UntunedLinearWarmup: untuned(linear, 2),
  UntunedExponentialWarmup: untuned(exponential, 1),
  RAdamWarmup: radam,
};

/** Adam refuses other betas before the warmup ever sees them. */
function checkBeta(beta2: number): number {
  if (beta2 >= 0 && beta2 < 1) return beta2;
  throw new PythonError("ValueError", `Invalid beta parameter at index 1: ${beta2}`);
}
