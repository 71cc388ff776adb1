import { number, optional, required } from "@/lib/domain/schedules/shared/arguments";
import { wholePower } from "@/lib/domain/schedules/powers";
import { floorDivide, modulo, power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/** StepLR: lr·gamma when e ≠ 0 and e mod step_size = 0; closed form b·gamma^floor(e/step_size). */
export const stepLr = ruleClass(
  { step_size: required(number), gamma: optional(number, 0.1) },
  ({ step_size, gamma }) => {
    const closedForm = (base: number, epoch: number) => base * power(gamma, floorDivide(epoch, step_size));
    // Remembers the last power: of ten thousand steps nearly all share one with their neighbours.
    const known = wholePower(gamma);
    const whole = Number.isInteger(step_size) && step_size > 0;
    return {
      next: ({ group, epoch }) =>
        epoch === 0 || modulo(epoch, step_size) !== 0 ? group.lr : group.lr * gamma,
      closedForm,
      plain: whole ? (base, epoch) => base * known(Math.floor(epoch / step_size)) : undefined,
      multiplicative: true,
      native: (peak) => ({ kind: "step", peak, step_size, gamma }),
    };
  },
);
