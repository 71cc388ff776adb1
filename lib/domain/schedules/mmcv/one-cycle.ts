import {
  boolean,
  either,
  integer,
  listOf,
  number,
  optional,
  orNull,
  readArguments,
  required,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError, pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { annealBy } from "./anneal";
import { maxIters, type HookConstructor } from "./hook";
import { checkWarmup, WARMUP_PARAMETERS } from "./warmup";

const PARAMETERS = {
  by_epoch: optional(boolean, false),
  max_lr: required(either(number, listOf(number))),
  total_steps: optional(orNull(integer), null),
  pct_start: optional(number, 0.3),
  anneal_strategy: optional(string, "cos"),
  div_factor: optional(number, 25),
  final_div_factor: optional(number, 1e4),
  three_phase: optional(boolean, false),
  ...WARMUP_PARAMETERS,
};

interface Phase {
  /** Its last iteration, not necessarily an integer. */
  end: number;
  /** Multiples of the initial LR max_lr / div_factor. */
  from: number;
  to: number;
}

/**
 * OneCycleLrUpdaterHook: torch's OneCycleLR with initial = max_lr/div_factor and final = initial/final_div_factor; the
 * optimizer's own LR is ignored. Two phases (pct·N − 1, initial → max), (N − 1, max → final); three with
 * (2·pct·N − 2, max → initial) between.
 */
export const oneCycleHook: HookConstructor = ({ kwargs, path, bases, training }) => {
  const args = readArguments(kwargs, path, PARAMETERS);
  pythonAssert(!args.by_epoch, 'currently only support "by_epoch" = False');
  if (args.pct_start < 0 || args.pct_start > 1) {
    throw new PythonError(
      "ValueError",
      `expected float between 0 and 1 pct_start, but got ${args.pct_start}`,
    );
  }
  const anneal = annealBy(args.anneal_strategy);
  checkWarmup(args);

  const iterations = maxIters(training);
  const total = args.total_steps ?? iterations;
  if (total < iterations) {
    const message = `The total steps must be greater than or equal to max iterations ${iterations} of runner, but total steps is ${total}.`;
    throw new PythonError("ValueError", message);
  }
  const initial = perGroup(args.max_lr, bases.length).map((lr) => divide(lr, args.div_factor));
  const phases = phasesOf(args, total);
  return {
    warmup: args,
    regular: ({ iter }) => {
      const { start, phase } = phaseAt(phases, iter);
      const part = divide(iter - start, phase.end - start);
      return initial.map((lr) => anneal(lr * phase.from, lr * phase.to, part));
    },
  };
};

interface PhaseArguments {
  pct_start: number;
  div_factor: number;
  final_div_factor: number;
  three_phase: boolean;
}

function phasesOf(args: PhaseArguments, total: number): Phase[] {
  const { pct_start, div_factor: peak, three_phase } = args;
  const final = divide(1, args.final_div_factor);
  const rise = { end: pct_start * total - 1, from: 1, to: peak };
  if (!three_phase) return [rise, { end: total - 1, from: peak, to: final }];
  return [
    rise,
    { end: 2 * pct_start * total - 2, from: peak, to: 1 },
    { end: total - 1, from: 1, to: final },
  ];
}

function phaseAt(phases: readonly Phase[], iter: number): { start: number; phase: Phase } {
  let start = 0;
  for (const phase of phases) {
    if (iter <= phase.end) return { start, phase };
    start = phase.end;
  }
  throw new PythonError("UnboundLocalError", "local variable 'lr' referenced before assignment");
}

function perGroup(maxLr: number | readonly number[], groups: number): readonly number[] {
  if (typeof maxLr === "number") return Array.from({ length: groups }, () => maxLr);
  if (maxLr.length === groups) return maxLr;
  throw new PythonError("ValueError", `expected ${groups} values for max_lr, got ${maxLr.length}`);
}
