import { toNumber } from "@/lib/contracts/wire-number";
import type { Overlay } from "@/lib/contracts/overlay";
import type { Run } from "@/lib/contracts/runs";
import { lrKeysByGroup } from "@/lib/domain/control/lr-groups";
import { own } from "@/lib/domain/own";

/** The LR that each param group logged last; null where it is not logged, as the groups of the schedule may be. */
export function groupRates({ summary }: Pick<Run, "summary">, lr: Overlay["lr"]): (number | null)[] {
  const keys = lr.key === null ? [] : lrKeysByGroup(Object.keys(summary), lr.key);
  const groups = Math.max(1, keys.length, lr.declared?.lrs.length ?? 0);
  return Array.from({ length: groups }, (_, group) => {
    const last = own(summary, keys[group] ?? "")?.last;
    const rate = last === undefined ? Number.NaN : toNumber(last);
    return Number.isFinite(rate) ? rate : null;
  });
}
