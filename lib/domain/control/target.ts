import { floored } from "./effective";
import { compareLrs, type Lrs } from "./same-lr";

/** What a request changes. `stop` has no target. */
export type LrRequest = { kind: "scale_lr"; factor: number } | { kind: "set_lr"; lr: number };

/**
 * The rate(s) that a request asks for, in the shape of `current` (a number, or one per param group). A floor stops a cut
 * and never lifts a rate. With `group` the other groups stay as they are.
 */
export function targetLr(
  current: Lrs,
  request: LrRequest,
  minLr: Lrs = 0,
  group?: number,
): number | number[] {
  const targetOf = (lr: number, index: number) => {
    if (group !== undefined && group !== index) return lr;
    const asked = request.kind === "scale_lr" ? lr * request.factor : request.lr;
    return floored(asked, lr, typeof minLr === "number" ? minLr : (minLr[index] ?? 0));
  };
  return typeof current === "number" ? targetOf(current, 0) : current.map(targetOf);
}

/**
 * A request carries the rate that its author saw. `violated`: the run has moved since, so it must not be delivered.
 * `unknown`: nothing was expected, or the run has not logged a rate.
 */
export function checkExpectedLr(
  expected: Lrs | null | undefined,
  current: Lrs | null | undefined,
  group?: number,
): "met" | "violated" | "unknown" {
  return ({ same: "met", different: "violated", unknown: "unknown" } as const)[
    compareLrs(expected, current, group)
  ];
}
