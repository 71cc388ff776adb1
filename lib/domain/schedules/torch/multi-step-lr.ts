import { listOf, number, optional, required } from "@/lib/domain/schedules/shared/arguments";
import { bisectRight, power } from "@/lib/domain/schedules/shared/python-math";
import { ruleClass } from "./rule";

/** MultiStepLR: lr·gamma^(how often e is a milestone); closed form b·gamma^(number of milestones ≤ e). */
export const multiStepLr = ruleClass(
  { milestones: required(listOf(number)), gamma: optional(number, 0.1) },
  ({ milestones, gamma }) => {
    const sorted = [...milestones].sort((a, b) => a - b);
    const closedForm = (base: number, epoch: number) => base * power(gamma, bisectRight(sorted, epoch));
    const hitsAt = new Map<number, number>();
    for (const milestone of milestones) hitsAt.set(milestone, (hitsAt.get(milestone) ?? 0) + 1);
    const counted = sorted.every((milestone) => Number.isInteger(milestone) && milestone >= 0);
    return {
      next: ({ group, epoch }) => {
        const hits = hitsAt.get(epoch) ?? 0;
        return hits === 0 ? group.lr : group.lr * power(gamma, hits);
      },
      closedForm,
      plain: counted ? closedForm : undefined,
      multiplicative: true,
      native: (peak) => ({ kind: "multi_step", peak, milestones: sorted, gamma }),
    };
  },
);
