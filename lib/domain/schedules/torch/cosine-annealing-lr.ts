import { number, optional, required } from "@/lib/domain/schedules/shared/arguments";
import { divide, modulo } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/**
 * CosineAnnealingLR: closed form eta_min + (b − eta_min)(1 + cos(πe/T_max))/2, as a recursion on the group's LR. It does
 * not stop at T_max: the LR climbs back to b at 2·T_max, and so on. Loshchilov & Hutter 2017, eq. 5, without restarts.
 * torch has a third branch, for a first counted step with e > 0; no way of stepping reaches it.
 */
export const cosineAnnealingLr = ruleClass(
  { T_max: required(number), eta_min: optional(number, 0) },
  ({ T_max, eta_min }) => {
    const wave = (epoch: number) => 1 + Math.cos(divide(Math.PI * epoch, T_max));
    const closedForm = (base: number, epoch: number) => eta_min + ((base - eta_min) * wave(epoch)) / 2;
    return {
      next: ({ group, base, epoch, initial }) => {
        if (initial) return group.lr;
        if (modulo(epoch - 1 - T_max, 2 * T_max) === 0) {
          return group.lr + ((base - eta_min) * (1 - Math.cos(Math.PI / T_max))) / 2;
        }
        return divide(wave(epoch), wave(epoch - 1)) * (group.lr - eta_min) + eta_min;
      },
      closedForm,
      plain: Number.isInteger(T_max) && T_max > 0 ? closedForm : undefined,
      length: T_max,
      native: (peak) => ({ kind: "cosine", peak, floor: eta_min, steps: T_max }),
    };
  },
);
