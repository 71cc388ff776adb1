import { OFFSETS } from "./conventions";
import type { Hypothesis } from "./explain-simple";
import { fits, narrowed, type Problem, throughout } from "./problem";
import type { Allowed } from "./tolerance";

/** How scheduler.step() was called instead. */
type Cadence = "per_batch" | "per_epoch" | "several" | "seldom";

interface Pace {
  cadence: Cadence;
  /** How much faster than declared it moves through the schedule: 2 is twice as fast, 0.5 half as fast. */
  factor: number;
  at: (step: number) => number;
}

const MOST_CALLS = 256;
const MOST_SKIPPED = 64;

/** Moves through the schedule N times as fast, or as slowly, as declared. */
export const timeScale: Hypothesis = (problem, allowed) => {
  const found = paceOf(problem, allowed);
  if (!found) return null;
  const { cadence, factor } = found;
  return { code: "time_scale", ...throughout(problem), params: { N: factor, cadence } };
};

/** The pace that explains all of a problem's points; null: none, or several. */
export function paceOf(problem: Problem, allowed: Allowed): Pace | null {
  const probes = probesOf(problem);
  const explains = (pace: Pace) => plausible(probes, pace, allowed) && follows(problem, pace, allowed);
  return usualPaces(problem).find(explains) ?? onlyOther(problem, explains);
}

/** The mistakes that people make: an epoch taken for a batch, or the other way. */
function usualPaces({ curve, stepsPerEpoch }: Problem): Pace[] {
  const { unit } = curve;
  if (unit > 1) return [{ cadence: "per_batch", factor: unit, at: (step) => curve.atTick(step) }];
  if (stepsPerEpoch === null || stepsPerEpoch <= 1) return [];
  const epoch = (step: number) => Math.floor(step / stepsPerEpoch);
  return [
    { cadence: "per_epoch", factor: 1 / stepsPerEpoch, at: (step) => curve.atTick(epoch(step)) },
    { cadence: "several", factor: stepsPerEpoch, at: (step) => curve.atTick(step * stepsPerEpoch) },
  ];
}

function* otherPaces({ curve }: Problem): Generator<Pace> {
  const { unit } = curve;
  const tick = (step: number) => Math.floor(step / unit);
  for (let n = 2; n <= MOST_CALLS; n += 1)
    yield { cadence: "several", factor: n, at: (step) => curve.atTick(n * tick(step)) };
  if (unit > 1) {
    for (let n = 2; n <= MOST_SKIPPED; n += 1)
      yield { cadence: "per_batch", factor: n * unit, at: (step) => curve.atTick(n * step) };
  }
  for (let n = 2; n <= MOST_SKIPPED; n += 1)
    yield { cadence: "seldom", factor: 1 / n, at: (step) => curve.atTick(Math.floor(tick(step) / n)) };
}

/** Speeds nearer to each other than this, both of which fit, are the same one as far as the log tells. */
const APART = 1.5;
/** Moves of the LR that have to agree before a speed is named that is one of several. */
const MOVES = 2;

/**
 * The slowest that fits: of a periodic schedule a log of every tenth step does not tell faster ones. Where a few speeds
 * near each other fit, as with milestones far apart, the power of two among them: a number of processes.
 */
function onlyOther(problem: Problem, explains: (pace: Pace) => boolean): Pace | null {
  const found: Pace[] = [];
  for (const pace of otherPaces(problem)) {
    if (found[0] && pace.factor > found[0].factor * APART) break;
    if (explains(pace)) found.push(pace);
  }
  if (found.length > 1 && movesOf(problem) < MOVES) return null;
  return found.find(({ factor }) => Number.isInteger(Math.log2(factor))) ?? found[0] ?? null;
}

/** How often the LR moves from one point to the next. */
export const movesOf = ({ points, tolerances: { loose } }: Problem): number =>
  points.filter(({ lr }, i) => {
    const before = points[i - 1]?.lr ?? lr;
    return Math.abs(lr - before) > loose(lr, before);
  }).length;

function follows(problem: Problem, { at }: Pace, allowed: Allowed): boolean {
  return OFFSETS.some((offset) =>
    fits(
      problem,
      problem.expect((step) => at(Math.max(0, step + offset))),
      allowed,
    ),
  );
}

const PROBES = 12;

/** A few points: most speeds fail there, and need not be followed to the end of the schedule. */
function plausible(probes: Problem, { at }: Pace, allowed: Allowed): boolean {
  return OFFSETS.some((offset) =>
    probes.points.every(({ step, lr }, i) => {
      const expected = probes.expectOne(i, at(Math.max(0, step + offset)));
      return probes.masked[i] || Math.abs(lr - expected) <= allowed(lr, expected);
    }),
  );
}

/** Early ones first, where high speeds do not yet lead far beyond the run: 1, 2, 4, 8 …, then evenly spaced. */
function probesOf(problem: Problem): Problem {
  const { length } = problem.points;
  if (length <= PROBES) return problem;
  const early = Array.from({ length: Math.floor(Math.log2(length / PROBES)) }, (_, k) => 2 ** k);
  const even = Array.from({ length: PROBES }, (_, k) => Math.floor(((k + 0.5) * length) / PROBES));
  return narrowed(problem, [...early, ...even]);
}
