import { number, optional } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/**
 * LinearLR: the factor goes from start_factor to end_factor in total_iters steps, as a product of ratios; closed form
 * b·(start + (end − start)·min(total_iters, e)/total_iters). With total_iters = 0 the recursion stays at b·start.
 */
export const linearLr = ruleClass(
  {
    start_factor: optional(number, 1 / 3),
    end_factor: optional(number, 1),
    total_iters: optional(number, 5),
  },
  ({ start_factor: start, end_factor: end, total_iters: total }) => {
    if (start > 1 || start <= 0) {
      const range = "greater than 0 and less or equal to 1";
      throw new PythonError("ValueError", `Starting multiplicative factor expected to be ${range}.`);
    }
    if (end > 1 || end < 0) {
      throw new PythonError("ValueError", "Ending multiplicative factor expected to be between 0 and 1.");
    }
    const closedForm = (base: number, epoch: number) =>
      base * (start + divide((end - start) * Math.min(total, epoch), total));
    return {
      next: ({ group, epoch, initial }) => {
        if (epoch === 0) return group.lr * start;
        if (initial || epoch > total) return group.lr;
        return group.lr * (1 + divide(end - start, total * start + (epoch - 1) * (end - start)));
      },
      closedForm,
      plain: Number.isInteger(total) && total > 0 ? closedForm : undefined,
      multiplicative: true,
      length: total,
      native: (base) => ({ kind: "linear", from: base * start, to: base * end, steps: total }),
    };
  },
);
