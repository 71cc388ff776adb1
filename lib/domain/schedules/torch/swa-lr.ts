import { either, listOf, number, optional, required, string } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { divide } from "@/lib/domain/schedules/shared/python-math";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { perGroup } from "./param-group";
import { ruleClass } from "./rule";

const PARAMETERS = {
  swa_lr: required(either(number, listOf(number))),
  anneal_epochs: optional(number, 10),
  anneal_strategy: optional(string, "cos"),
};

/**
 * torch.optim.swa_utils.SWALR (Izmailov et al. 2018): from the LR it finds to swa_lr over anneal_epochs, then constant. It
 * goes by the number of its own steps; the epoch has no bearing.
 */
export const swaLr = ruleClass(PARAMETERS, ({ swa_lr, anneal_epochs: length, anneal_strategy }, groups) => {
  const targets = perGroup("swa_lr", swa_lr, groups);
  if (anneal_strategy !== "cos" && anneal_strategy !== "linear") {
    const message = `anneal_strategy must be one of 'cos' or 'linear', instead got ${anneal_strategy}`;
    throw new PythonError("ValueError", message);
  }
  if (!Number.isInteger(length) || length < 0) {
    throw new PythonError("ValueError", `anneal_epochs must be equal or greater than 0, got ${length}`);
  }
  const done = (step: number) => {
    const part = Math.max(0, Math.min(1, step / Math.max(1, length)));
    return anneal_strategy === "linear" ? part : (1 - Math.cos(Math.PI * part)) / 2;
  };
  /** Without annealing the constructor's own step arrives already. */
  const counted = (steps: number) => (length === 0 ? Math.max(1, steps) : steps);
  const between = (from: number, target: number, part: number) => target * part + from * (1 - part);
  return {
    next: ({ group, steps }) => {
      const target = group.swaLr ?? NaN;
      const before = done(counted(steps) - 1);
      const from = before === 1 ? target : divide(group.lr - before * target, 1 - before);
      return between(from, target, done(counted(steps)));
    },
    prepare: (all) => all.forEach((group, i) => (group.swaLr = targets[i])),
    plain: (base, epoch, index) => between(base, targets[index] ?? NaN, done(counted(epoch))),
    length,
    native: (base, index): ScheduleSpec => {
      const target = targets[index] ?? NaN;
      if (length === 0) return { kind: "constant", value: target };
      return anneal_strategy === "linear"
        ? { kind: "linear", from: base, to: target, steps: length }
        : { kind: "cosine", peak: base, floor: target, steps: length };
    },
  };
});
