import {
  either,
  listOf,
  number,
  object,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import type { Kwargs } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

const LR_LAMBDA = { lr_lambda: required(either(object, listOf(object))) };

/** LambdaLR: b·lambda(e); a function travels as `{"const": c}`. */
export const lambdaLr = ruleClass(LR_LAMBDA, ({ lr_lambda }, groups, _lastEpoch, path) => {
  const factors = constants(lr_lambda, groups, path);
  const value = (base: number, index: number) => base * (factors[index] ?? NaN);
  return {
    next: ({ base, index }) => value(base, index),
    plain: (base, _epoch, index) => value(base, index),
    native: (base, index) => ({ kind: "constant", value: value(base, index) }),
  };
});

/** MultiplicativeLR: lr·lambda(e), not in the constructor's step. */
export const multiplicativeLr = ruleClass(LR_LAMBDA, ({ lr_lambda }, groups, _lastEpoch, path) => {
  const factors = constants(lr_lambda, groups, path);
  return {
    next: ({ group, index, initial }) => (initial ? group.lr : group.lr * (factors[index] ?? NaN)),
    plain: factors.every((factor) => Math.abs(factor) <= 1)
      ? (base, epoch, index) => base * power(factors[index] ?? NaN, epoch)
      : undefined,
    multiplicative: true,
    native: (peak, index) => ({ kind: "exponential", peak, gamma: factors[index] ?? NaN }),
  };
});

/** One factor per group. A list of another length raises, as torch does. */
function constants(value: Kwargs | Kwargs[], groups: number, path: string): number[] {
  const read = (lambda: Kwargs, at = "") =>
    readArguments(lambda, `${path}.lr_lambda${at}`, { const: required(number) }).const;
  if (!Array.isArray(value)) return Array.from({ length: groups }, () => read(value));
  if (value.length === groups) return value.map((lambda, i) => read(lambda, `[${i}]`));
  throw new PythonError("ValueError", `Expected ${groups} lr_lambdas, but got ${value.length}`);
}
