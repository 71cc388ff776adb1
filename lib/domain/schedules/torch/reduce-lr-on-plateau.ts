import {
  either,
  listOf,
  number,
  optional,
  readArguments,
  string,
  type Kwargs,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { perGroup } from "./param-group";

export interface PlateauArguments {
  mode: "min" | "max";
  factor: number;
  patience: number;
  threshold: number;
  threshold_mode: "rel" | "abs";
  cooldown: number;
  eps: number;
  /** One per param group. */
  min_lrs: readonly number[];
}

/**
 * Reads ReduceLROnPlateau's arguments and checks what its constructor checks. Its LR depends on metrics (lib/domain/plateau); without
 * them it is the optimizer's.
 */
export function readPlateau(kwargs: Kwargs, path: string, groups: number): PlateauArguments {
  const args = readArguments(kwargs, path, {
    mode: optional(string, "min"),
    factor: optional(number, 0.1),
    patience: optional(number, 10),
    threshold: optional(number, 1e-4),
    threshold_mode: optional(string, "rel"),
    cooldown: optional(number, 0),
    min_lr: optional(either(number, listOf(number)), 0),
    eps: optional(number, 1e-8),
  });
  const { factor, patience, threshold, cooldown, eps } = args;
  if (factor >= 1) throw new PythonError("ValueError", "Factor should be < 1.0.");
  const min_lrs = perGroup("min_lr", args.min_lr, groups);
  const mode = oneOf("mode", ["min", "max"] as const, args.mode);
  const threshold_mode = oneOf("threshold mode", ["rel", "abs"] as const, args.threshold_mode);
  return { mode, factor, patience, threshold, threshold_mode, cooldown, eps, min_lrs };
}

function oneOf<T extends string>(name: string, known: readonly T[], value: string): T {
  const found = known.find((option) => option === value);
  if (found === undefined) throw new PythonError("ValueError", `${name} ${value} is unknown!`);
  return found;
}
