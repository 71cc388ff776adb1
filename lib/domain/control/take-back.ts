import { sameLr, type Lrs } from "./same-lr";
import type { LrRequest } from "./target";

/** A change that the job made. */
export interface Change {
  kind: "scale_lr" | "set_lr";
  factor: number | null;
  /** The rate that it led to, if known, and the one before it. */
  lr: Lrs | null;
  before: Lrs | null;
  minLr: number | null;
}

interface Circumstances {
  /** The declared LR stays where it is unless somebody moves it. */
  holdsStill: boolean;
  /** The rate(s) that would be in force at the step of the change without it; null without a schedule to tell. */
  without: Lrs | null;
}

/** What to ask of the job. `set_lr` may hold one rate per param group. */
export type TakeBack = Exclude<LrRequest, { kind: "set_lr" }> | { kind: "set_lr"; lr: Lrs };

/**
 * The request that restores the former scale; null when nothing known leads back to it. A cut by a factor is undone by
 * 1 / factor, which is exact wherever the schedule has moved to meanwhile. Not so where the floor stopped the cut: there
 * the factor was never reached, and the rate from before is set, if the schedule stands still.
 */
export function takeBack(change: Change, { holdsStill, without }: Circumstances): TakeBack | null {
  const { kind, factor, before } = change;
  const former = before ?? without;
  if (kind === "scale_lr" && factor !== null && factor > 0 && !wasFloored(change)) {
    return { kind: "scale_lr", factor: 1 / factor };
  }
  if (holdsStill && former !== null) return { kind: "set_lr", lr: former };
  if (kind === "scale_lr") return factor ? { kind: "scale_lr", factor: 1 / factor } : null;
  const ratio = ratioOf(without, change.lr);
  return ratio === null ? null : { kind: "scale_lr", factor: ratio };
}

function wasFloored({ factor, lr, before, minLr }: Change): boolean {
  if (!minLr) return false;
  const [after, start] = [listOf(lr), listOf(before)];
  return after.some((rate, g) => !sameLr(rate, (start[g] ?? Number.NaN) * (factor ?? 1)));
}

/** from / to, when it is one and the same positive number for every group. */
function ratioOf(from: Lrs | null, to: Lrs | null): number | null {
  const wanted = listOf(from);
  const [first = Number.NaN, ...rest] = wanted.map(
    (lr, g) => lr / (typeof to === "number" ? to : (to?.[g] ?? 0)),
  );
  return first > 0 && Number.isFinite(first) && rest.every((ratio) => sameLr(ratio, first)) ? first : null;
}

const listOf = (lrs: Lrs | null): readonly number[] => (typeof lrs === "number" ? [lrs] : (lrs ?? []));
