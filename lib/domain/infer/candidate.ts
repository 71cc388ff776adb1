import { compileDeclared, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { at } from "./at";
import type { Series } from "./series";

/** What stands in front of a curve: a line from step 0 on. */
export interface Lead {
  /** Steps of the warmup. */
  steps: number;
  /** The line's LR at step 0, and where it would be at the end of the warmup. */
  from: number;
  to: number;
  /** Whether the curve counts its steps from the end of the warmup rather than from step 0. */
  delays: boolean;
}

/** The schedules that are a curve with this in front, in the words of some library. */
export type Led = (lead: Lead) => DeclaredSchedule[];

/** A schedule with how well it explains a log. */
export interface Fit {
  spec: DeclaredSchedule;
  /** |predicted − logged| over what the log's rounding allows, at its worst: at most 1 is as good as exact. */
  misfit: number;
  /** Over the larger of the two (a thousandth of the peak at least), at its worst. */
  error: number;
  /** Explains the log, but says more than it shows: named beside what says less. */
  guessed?: boolean;
  /** Present where the curve itself, whatever the schedule says of its first step, is as good as exact. */
  led?: Led;
}

export function judge(spec: DeclaredSchedule, { steps, lrs, peak, allowed, budget }: Series): Fit {
  budget.left -= steps.length;
  const predicted = predict(spec, steps);
  let [misfit, error] = [0, 0];
  for (const [i, lr] of lrs.entries()) {
    const other = predicted?.[i] ?? Number.NaN;
    if (!Number.isFinite(other)) return { spec, misfit: Infinity, error: Infinity };
    const apart = Math.abs(lr - other);
    if (apart === 0) continue;
    misfit = Math.max(misfit, apart / allowed(lr, other));
    error = Math.max(error, apart / Math.max(lr, other, peak * 1e-3, Number.MIN_VALUE));
  }
  return { spec, misfit, error };
}

/** Null: the library refuses it. */
function predict(spec: DeclaredSchedule, steps: readonly number[]): Float64Array | null {
  if (isFollowed(spec) && at(steps, -1) > FURTHEST_FOLLOWED) return null;
  try {
    if (!isNative(spec) && hasNegative(spec, at(steps, -1))) return null;
    return compileDeclared(spec).at(steps)[0] ?? null;
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

/** torch's schedulers may have to be followed step by step: nothing is found in that way beyond this step. */
const FURTHEST_FOLLOWED = 200_000;

const isFollowed = (spec: DeclaredSchedule): boolean => !isNative(spec) && spec.library === "torch";

const LOOKED_AT = 64;

/** Whether a library's schedule falls below 0 anywhere from its first step to as far again as the log goes. */
function hasNegative(spec: DeclaredSchedule, last: number): boolean {
  const spread = Array.from({ length: LOOKED_AT }, (_, i) => Math.ceil((2 * last * (i + 1)) / LOOKED_AT));
  const first = Array.from({ length: LOOKED_AT }, (_, i) => i).filter((step) => step < at(spread, 0));
  const [lrs = []] = compileDeclared(spec).at([...first, ...spread]);
  return lrs.some((lr) => lr < 0);
}

export const isExact = ({ misfit }: Fit): boolean => misfit <= 1;

/** Least squares leaves the worst of many rounded points a little further off than the best parameters would. */
const NEARLY = 3;
export const isNear = ({ misfit }: Fit): boolean => misfit <= NEARLY;

/** How much a schedule has to say: its numbers, and its parts. */
function complexityOf(spec: object): number {
  return Object.values(spec).reduce<number>((sum, value) => {
    if (typeof value === "object" && value !== null) return sum + 0.5 + complexityOf(value);
    return sum + (typeof value === "number" ? 1 : 0.1);
  }, 0);
}

/** What halving the misfit is worth, in parameters. */
const BITS = 3;

/** Those that are as good as exact by their complexity, then the others by how far off they are as well. */
export function ranked(fits: readonly Fit[]): Fit[] {
  const score = ({ spec, misfit, guessed }: Fit) =>
    complexityOf(spec) +
    (guessed ? UNUSUAL : 0) +
    (isNative(spec) ? unusual(spec) : FOREIGN) +
    (misfit <= 1 ? 0 : Math.log2(misfit) * BITS) +
    (misfit <= NEARLY ? 0 : INEXACT);
  return [...fits].filter(({ misfit }) => Number.isFinite(misfit)).sort((a, b) => score(a) - score(b));
}

/** A one-cycle that ends above where it began is rather something else under way. */
const unusual = (spec: ScheduleSpec): number =>
  spec.kind === "one_cycle" && (spec.final_div_factor ?? 1) < 1 ? UNUSUAL : 0;

const UNUSUAL = 6;
const INEXACT = 1e6;
/** A library leaves its defaults unsaid, so that its words count as fewer than ours for the same curve. */
const FOREIGN = 3;
