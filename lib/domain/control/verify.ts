import { sameLr, type Lrs } from "./same-lr";

export type Verification =
  | { verdict: "verified"; groups: number[] }
  /** `groups` were logged with the rate that they had before. */
  | { verdict: "contradicted"; groups: number[] }
  /** Nothing was logged that tells, or the schedule moves on in a way that we cannot foresee. */
  | { verdict: "unknown" };

interface Claim {
  /** The rate that the job says it set. */
  applied: Lrs | null | undefined;
  /** The rate that declared schedule and applied changes lead to at the step of the log, by group. */
  effective: readonly number[] | null;
  /** The rate from before. */
  before: Lrs | null | undefined;
  /** The only param group that was to change; absent: all. */
  group?: number;
}

/**
 * Does the learning rate logged after a request was applied confirm it? `logged[g]` is group g's; undefined where it was
 * not logged. Each group is judged by its own log alone: one that is not logged is neither confirmed nor contradicted.
 * The rate asked for some steps earlier need not be the rate of the log, since schedules move: the effective one counts
 * as well.
 */
export function verifyLrs(
  { applied, effective, before, group }: Claim,
  logged: readonly (number | undefined)[],
): Verification {
  const rates = logged.flatMap((lr, g) =>
    lr === undefined || !Number.isFinite(lr) || (group !== undefined && g !== group) ? [] : [{ g, lr }],
  );
  if (rates.length === 0) return { verdict: "unknown" };
  const agrees = (wanted: Lrs | null | undefined, g: number, lr: number) => {
    const rate = typeof wanted === "number" ? wanted : wanted?.[g];
    return rate !== undefined && sameLr(rate, lr);
  };
  const confirmed = rates.filter(({ g, lr }) => agrees(applied, g, lr) || agrees(effective, g, lr));
  if (confirmed.length === rates.length) return { verdict: "verified", groups: rates.map(({ g }) => g) };
  const stale = rates.filter((rate) => !confirmed.includes(rate) && agrees(before, rate.g, rate.lr));
  return stale.length > 0
    ? { verdict: "contradicted", groups: stale.map(({ g }) => g) }
    : { verdict: "unknown" };
}
