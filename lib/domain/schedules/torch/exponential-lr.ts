import { number, required } from "@/lib/domain/schedules/shared/arguments";
import { stepPower } from "@/lib/domain/schedules/powers";
import { power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

type Plain = (base: number, epoch: number) => number;

/** Null beyond 1: the recursion runs to infinity where the power raises OverflowError. */
function plainOf(gamma: number, closedForm: Plain): Plain | undefined {
  if (Math.abs(gamma) > 1) return undefined;
  if (gamma <= 0) return closedForm;
  const decay = stepPower(Math.log(gamma));
  return (base, epoch) => base * decay(epoch);
}

/** ExponentialLR: lr·gamma; closed form b·gamma^e. */
export const exponentialLr = ruleClass({ gamma: required(number) }, ({ gamma }) => {
  const closedForm = (base: number, epoch: number) => base * power(gamma, epoch);
  return {
    next: ({ group, initial }) => (initial ? group.lr : group.lr * gamma),
    closedForm,
    plain: plainOf(gamma, closedForm),
    multiplicative: true,
    native: (peak) => ({ kind: "exponential", peak, gamma }),
  };
});
