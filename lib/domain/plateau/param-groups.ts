import type { PerGroup } from "./plateau-policy";
import { refusedByLibrary } from "./policy-error";

/** The value for param group `group`; `checkPerGroup` has made sure that a list is long enough. */
export const forGroup = (value: PerGroup, group: number): number =>
  typeof value === "number" ? value : (value[group] ?? 0);

/** @throws PolicyError as torch and GreedyLR refuse a list of another length than the optimizer's groups. */
export function checkPerGroup(name: string, value: PerGroup, groups: number): void {
  if (typeof value === "number" || value.length === groups) return;
  throw refusedByLibrary(name, `expected ${groups} ${name}s, got ${value.length}`);
}

interface Reduction {
  factor: number;
  min_lr: PerGroup;
  eps: number;
}

/** torch's and GreedyLR's cut: to the floor at most, and not at all when it would change less than `eps`. */
export function reduceLrs(lrs: readonly number[], { factor, min_lr, eps }: Reduction): number[] {
  return lrs.map((lr, group) => {
    const reduced = Math.max(lr * factor, forGroup(min_lr, group));
    return lr - reduced > eps ? reduced : lr;
  });
}
