import { boolean, integer, number, optional, orNull, string } from "@/lib/domain/schedules/shared/arguments";
import { PythonError, pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { divide, power } from "@/lib/domain/schedules/shared/python-math";
import type { WarmupArguments } from "./hook";

/** Arguments of every hook's warmup. */
export const WARMUP_PARAMETERS = {
  warmup: optional(orNull(string), null),
  warmup_iters: optional(integer, 0),
  warmup_ratio: optional(number, 0.1),
  warmup_by_epoch: optional(boolean, false),
};

/** Arguments of every hook that may count epochs or iterations. */
export const HOOK_PARAMETERS = { by_epoch: optional(boolean, true), ...WARMUP_PARAMETERS };

/** What `LrUpdaterHook.__init__` refuses. */
export function checkWarmup({ warmup, warmup_iters, warmup_ratio }: WarmupArguments): void {
  if (warmup === null) return;
  if (!["constant", "linear", "exp"].includes(warmup)) {
    throw new PythonError("ValueError", `"${warmup}" is not a supported type for warming up`);
  }
  pythonAssert(warmup_iters > 0, '"warmup_iters" must be a positive integer');
  pythonAssert(warmup_ratio > 0 && warmup_ratio <= 1, '"warmup_ratio" must be in range (0,1]');
}

/**
 * The factor on the regular LR in iteration `iter` of a warmup of W iterations, r = warmup_ratio:
 * constant r, linear 1 − (1 − iter/W)(1 − r), exp r^(1 − iter/W); 1 from W on.
 */
export function warmupFactor(args: WarmupArguments, iter: number, epochLength: number): number {
  const { warmup, warmup_ratio: ratio } = args;
  const length = args.warmup_by_epoch ? args.warmup_iters * epochLength : args.warmup_iters;
  if (warmup === null || iter >= length) return 1;
  if (warmup === "constant") return ratio;
  const left = 1 - divide(iter, length);
  return warmup === "linear" ? 1 - left * (1 - ratio) : power(ratio, left);
}
