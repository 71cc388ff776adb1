import { number, optional } from "@/lib/domain/schedules/shared/arguments";
import { fallingPower } from "@/lib/domain/schedules/powers";
import { divide, power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/** The closed form, of which neighbouring steps share most of the work. */
function plainOf(total: number, exponent: number): (base: number, epoch: number) => number {
  const left = fallingPower(total, exponent);
  return (base, epoch) => (epoch >= total ? base * power(0, exponent) : base * left(epoch));
}

/** PolynomialLR: lr·((1 − e/T)/(1 − (e−1)/T))^power until T = total_iters; closed form b·(1 − min(T, e)/T)^power. */
export const polynomialLr = ruleClass(
  { total_iters: optional(number, 5), power: optional(number, 1) },
  ({ total_iters: total, power: exponent }) => {
    const closedForm = (base: number, epoch: number) =>
      base * power(1 - divide(Math.min(total, epoch), total), exponent);
    return {
      next: ({ group, epoch, initial }) => {
        if (initial || epoch > total) return group.lr;
        const ratio = divide(1 - divide(epoch, total), 1 - divide(epoch - 1, total));
        return group.lr * power(ratio, exponent);
      },
      closedForm,
      plain: Number.isInteger(total) && total > 0 && exponent >= 0 ? plainOf(total, exponent) : undefined,
      multiplicative: true,
      length: total,
      // 0^0 is 1: with power 0 torch does not drop to 0 at the end.
      native: (peak) =>
        exponent === 0
          ? { kind: "constant", value: peak }
          : { kind: "polynomial", peak, floor: 0, power: exponent, steps: total },
    };
  },
);
