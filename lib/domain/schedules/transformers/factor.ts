import type { Arguments, Kwargs, Parameters } from "@/lib/domain/schedules/shared/arguments";
import { readArguments } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";

/** The `lr_lambda` of a schedule: the factor on the base LR after t steps. */
export type Factor = (t: number) => number;

/** What `get_scheduler` hands to a schedule function. */
export interface Request {
  /** `SchedulerType` member, for messages. */
  member: string;
  warmup: number | null;
  total: number | null;
  /** `optimizer.defaults["lr"]`: the first group's. */
  defaultLr: number;
  kwargs: Kwargs;
  path: string;
}

export type FactorBuilder = (request: Request) => Factor;

export interface Lengths {
  warmup: number;
  total: number;
  defaultLr: number;
}

/** A schedule that needs `num_warmup_steps` and `num_training_steps`. */
export function timed<P extends Parameters>(
  parameters: P,
  build: (args: Arguments<P>, lengths: Lengths) => Factor,
): FactorBuilder {
  return (request) => {
    const warmup = needed(request, "num_warmup_steps", request.warmup);
    const total = needed(request, "num_training_steps", request.total);
    const args = readArguments(request.kwargs, request.path, parameters);
    return build(args, { warmup, total, defaultLr: request.defaultLr });
  };
}

/** @returns the argument; raises ValueError, as get_scheduler does, when it is missing. */
export function needed({ member }: Request, name: string, value: number | null): number {
  if (value !== null) return value;
  throw new PythonError(
    "ValueError",
    `SchedulerType.${member} requires \`${name}\`, please provide that argument.`,
  );
}

/** The warmup that most schedules share: t/max(1, w), so the first update has LR 0. */
export function warming(warmup: number, then: Factor): Factor {
  return (t) => (t < warmup ? t / Math.max(1, warmup) : then(t));
}
