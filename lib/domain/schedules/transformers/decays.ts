import { number, optional, orNull, readArguments } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide, power } from "@/lib/domain/schedules/shared/python-math";
import { needed, timed, warming, type FactorBuilder } from "./factor";

/** `constant`. Every other argument is ignored. */
export const constant: FactorBuilder = () => () => 1;

/** `constant_with_warmup`. */
export const constantWithWarmup: FactorBuilder = (request) =>
  warming(needed(request, "num_warmup_steps", request.warmup), () => 1);

/** `linear`: max(0, (n − t)/max(1, n − w)). */
export const linear = timed({}, (_args, { warmup, total }) =>
  warming(warmup, (t) => Math.max(0, (total - t) / Math.max(1, total - warmup))),
);

/** `polynomial`: ((lr0 − lr_end)(1 − (t − w)/(n − w))^power + lr_end)/lr0, then lr_end/lr0. */
export const polynomial = timed(
  { lr_end: optional(number, 1e-7), power: optional(number, 1) },
  ({ lr_end, power: exponent }, { warmup, total, defaultLr }) => {
    if (!(defaultLr > lr_end)) {
      throw new PythonError(
        "ValueError",
        `lr_end (${lr_end}) must be smaller than initial lr (${defaultLr})`,
      );
    }
    return warming(warmup, (t) => {
      if (t > total) return lr_end / defaultLr;
      const remaining = 1 - divide(t - warmup, total - warmup);
      return ((defaultLr - lr_end) * power(remaining, exponent) + lr_end) / defaultLr;
    });
  },
);

/** `inverse_sqrt`: 1/√((t + timescale − w)/timescale); timescale = w, or 10 000 without warmup. */
export const inverseSqrt: FactorBuilder = (request) => {
  const warmup = needed(request, "num_warmup_steps", request.warmup);
  const args = readArguments(request.kwargs, request.path, { timescale: optional(orNull(number), null) });
  const timescale = args.timescale ?? (warmup || 10_000);
  return warming(warmup, (t) => {
    const ratio = divide(t + timescale - warmup, timescale);
    if (ratio < 0) throw new PythonError("ValueError", "math domain error");
    return divide(1, Math.sqrt(ratio));
  });
};
