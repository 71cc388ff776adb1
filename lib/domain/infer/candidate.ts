import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { lrsAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { leastSquares } from "./least-squares";
import { restFrom, type Series } from "./series";

/** A family with its parameters still to be fitted. */
export interface Candidate {
  start: readonly number[];
  make: (parameters: readonly number[]) => ScheduleSpec | null;
  /** Which parameters a person gives as whole numbers. */
  whole?: readonly number[];
  /** They have to be. */
  strict?: boolean;
}

/** A schedule with how well it explains a log. */
export interface Fit {
  spec: ScheduleSpec;
  /** |predicted − logged| over what the log's rounding allows, at its worst: at most 1 is as good as exact. */
  misfit: number;
  /** Over the larger of the two (a thousandth of the peak at least), at its worst. */
  error: number;
}

const SAMPLED = 36;
/** A fit that is so far off is not rounded: it is not the one. */
const HOPELESS = 1e-3;

export function judge(spec: ScheduleSpec, { steps, lrs, peak, allowed }: Series): Fit {
  const predicted = predict(spec, steps);
  let [misfit, error] = [0, 0];
  for (const [i, lr] of lrs.entries()) {
    const other = predicted[i] ?? Number.NaN;
    const apart = Math.abs(lr - other);
    misfit = Math.max(misfit, Number.isNaN(apart) ? Infinity : apart / allowed(lr, other));
    error = Math.max(
      error,
      Number.isNaN(apart) ? Infinity : apart / Math.max(lr, other, peak * 1e-3, Number.MIN_VALUE),
    );
  }
  return { spec, misfit, error };
}

const predict = (spec: ScheduleSpec, steps: readonly number[]): Float64Array => {
  const [group] = groupsOf(spec);
  return group ? lrsAt(group, steps) : new Float64Array();
};

/** Fits the parameters, then rounds those that a person would have given round, where the log allows it. */
export function polish({ start, make, whole = [], strict = false }: Candidate, series: Series): Fit | null {
  const sample = sampled(series);
  const residuals = (parameters: readonly number[]) => {
    const spec = make(parameters);
    if (!spec) return new Float64Array(sample.steps.length).fill(Infinity);
    const predicted = predict(spec, sample.steps);
    return predicted.map((lr, i) => {
      const logged = sample.lrs[i] ?? 0;
      return (lr - logged) / Math.max(Math.abs(logged), series.peak * 1e-3);
    });
  };
  let parameters = leastSquares(residuals, start);
  const rough = make(parameters);
  if (!rough) return null;
  const judged = judge(rough, series);
  if (judged.misfit > 1 && judged.error > HOPELESS) return strict ? null : judged;
  for (const k of whole) {
    const fixed = parameters.map((value, i) => (i === k ? Math.round(value) : value));
    const free = parameters.flatMap((_, i) => (i === k ? [] : [i]));
    const fill = (values: readonly number[]) => fixed.map((value, i) => values[free.indexOf(i)] ?? value);
    const refitted = fill(
      leastSquares(
        (values) => residuals(fill(values)),
        free.map((i) => fixed[i] ?? 0),
      ),
    );
    if (fitOf(make, refitted, series) <= Math.max(1, fitOf(make, parameters, series) * 1.5))
      parameters = refitted;
  }
  parameters = rounded(parameters, make, series);
  if (strict && whole.some((k) => !Number.isInteger(parameters[k]))) return null;
  const spec = make(parameters);
  return spec && judge(spec, series);
}

/** Each parameter with the fewest digits that the log allows. */
function rounded(parameters: number[], make: Candidate["make"], series: Series): number[] {
  let best = parameters;
  for (const [k, value] of parameters.entries()) {
    const bar = Math.max(ROUND_ENOUGH, fitOf(make, best, series));
    for (const round of [0, ...DIGITS.map((digits) => Number(value.toPrecision(digits)))]) {
      const tried = best.map((other, i) => (i === k ? round : other));
      if (fitOf(make, tried, series) > bar) continue;
      best = tried;
      break;
    }
  }
  return best;
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 12];

/** Of what the log's rounding allows: a round value has to explain the log nearly as well as the fitted one. */
const ROUND_ENOUGH = 0.2;

function fitOf(make: Candidate["make"], parameters: readonly number[], series: Series): number {
  const spec = make(parameters);
  return spec ? judge(spec, series).misfit : Infinity;
}

/** Most of them where the log moves: a decay of 40 steps in front of 1000 at rest is told by those 40. */
function sampled(series: Series): Pick<Series, "steps" | "lrs"> {
  const { steps, lrs } = series;
  if (steps.length <= SAMPLED) return { steps, lrs };
  const moving = Math.max(2, Math.min(restFrom(series) + 2, steps.length));
  const spread = (count: number, end: number) =>
    Array.from({ length: count }, (_, k) => Math.round((k * (end - 1)) / (count - 1)));
  const indices = [...new Set([...spread(SAMPLED - 8, moving), ...spread(8, steps.length)])].sort(
    (a, b) => a - b,
  );
  return { steps: indices.map((i) => steps[i] ?? 0), lrs: indices.map((i) => lrs[i] ?? 0) };
}

/** How much a schedule has to say: its numbers, and its parts. */
export function complexityOf(spec: object): number {
  return Object.values(spec).reduce<number>((sum, value) => {
    if (typeof value === "object" && value !== null) return sum + 0.5 + complexityOf(value);
    return sum + (typeof value === "number" ? 1 : 0.1);
  }, 0);
}

/** What halving the misfit is worth, in parameters. */
const BITS = 3;

/** Those that are as good as exact by their complexity, then the others by how far off they are as well. */
export function ranked(fits: readonly Fit[]): Fit[] {
  const score = ({ spec, misfit }: Fit) =>
    complexityOf(spec) + (misfit <= 1 ? 0 : INEXACT + Math.log2(misfit) * BITS);
  return [...fits].filter(({ misfit }) => Number.isFinite(misfit)).sort((a, b) => score(a) - score(b));
}

const INEXACT = 1e6;
