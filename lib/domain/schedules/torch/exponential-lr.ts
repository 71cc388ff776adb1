import { number, required } from "@/lib/domain/schedules/shared/arguments";
import { power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/** ExponentialLR: lr·gamma; closed form b·gamma^e. */
export const exponentialLr = ruleClass({ gamma: required(number) }, ({ gamma }) => {
  const closedForm = (base: number, epoch: number) => base * power(gamma, epoch);
  return {
    next: ({ group, initial }) => (initial ? group.lr : group.lr * gamma),
    closedForm,
    // The recursion runs to infinity where the power raises OverflowError.
    plain: Math.abs(gamma) <= 1 ? closedForm : undefined,
    multiplicative: true,
    native: (peak) => ({ kind: "exponential", peak, gamma }),
  };
});
