import {
  number,
  optional,
  orNull,
  readArguments,
  required,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { needed, type Factor, type FactorBuilder } from "./factor";

const PARAMETERS = {
  num_decay_steps: required(number),
  num_stable_steps: optional(orNull(number), null),
  warmup_type: optional(string, "linear"),
  decay_type: optional(string, "cosine"),
  min_lr_ratio: optional(number, 0),
  num_cycles: optional(number, 0.5),
};

const RISES: Readonly<Record<string, Factor>> = {
  linear: (p) => p,
  cosine: (p) => 0.5 * (1 - Math.cos(Math.PI * p)),
  "1-sqrt": (p) => 1 - Math.sqrt(1 - p),
};

const falls = (cycles: number): Readonly<Record<string, Factor>> => ({
  linear: (p) => 1 - p,
  cosine: (p) => 0.5 * (1 + Math.cos(Math.PI * cycles * 2 * p)),
  "1-sqrt": (p) => 1 - Math.sqrt(p),
});

/**
 * `warmup_stable_decay` (Hu et al. 2024): the first decay step is still at the peak, the floor comes one step after the
 * last. A stable length below 0 (w + decay > n) enters the decay part-way.
 */
export const warmupStableDecay: FactorBuilder = (request) => {
  const warmup = needed(request, "num_warmup_steps", request.warmup);
  const args = readArguments(request.kwargs, request.path, PARAMETERS);
  const { num_decay_steps: decay, min_lr_ratio: floor } = args;
  if (request.total === null && args.num_stable_steps === null) {
    throw new PythonError("ValueError", "Either num_training_steps or num_stable_steps must be specified.");
  }
  const rise = chosen(RISES, "warmup", args.warmup_type);
  const fall = chosen(falls(args.num_cycles), "decay", args.decay_type);
  const stable = args.num_stable_steps ?? (request.total ?? 0) - warmup - decay;
  const raised = (factor: number) => Math.max(0, factor * (1 - floor) + floor);
  return (t) => {
    if (t < warmup) return raised(rise(t / Math.max(1, warmup)));
    if (t < warmup + stable) return 1;
    if (t < warmup + stable + decay) return raised(fall((t - warmup - stable) / Math.max(1, decay)));
    return floor;
  };
};

function chosen(shapes: Readonly<Record<string, Factor>>, phase: string, name: string): Factor {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape) return shape;
  throw new PythonError(
    "ValueError",
    `Unknown ${phase} type: ${name}, expected 'linear', 'cosine' or '1-sqrt'`,
  );
}
