import { number, optional } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/**
 * ConstantLR: lr·factor at e = 0, lr·(1/factor) at e = total_iters; closed form b·factor, then b. With total_iters = 0
 * the recursion never undoes the factor.
 */
export const constantLr = ruleClass(
  { factor: optional(number, 1 / 3), total_iters: optional(number, 5) },
  ({ factor, total_iters }) => {
    if (factor > 1 || factor < 0) {
      throw new PythonError("ValueError", "Constant multiplicative factor expected to be between 0 and 1.");
    }
    const closedForm = (base: number, epoch: number) =>
      base * (factor + (epoch >= total_iters ? 1 - factor : 0));
    const regular = Number.isInteger(total_iters) && total_iters > 0 && factor > 0;
    return {
      next: ({ group, epoch }) => {
        if (epoch === 0) return group.lr * factor;
        return epoch === total_iters ? group.lr * divide(1, factor) : group.lr;
      },
      closedForm,
      plain: regular ? closedForm : undefined,
      multiplicative: true,
      length: total_iters,
      native: (base) => ({ kind: "piecewise", values: [base * factor, base], boundaries: [total_iters] }),
    };
  },
);
