import { OFFSETS } from "./conventions";
import type { Hypothesis } from "./explain-simple";
import { type Interval, intersection } from "./intervals";
import { placesOf, sought } from "./places";
import { fits, narrowed, type Problem, stepAt, throughout } from "./problem";
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
  const found =
    usualPaces(problem).find(explains) ?? onlyOther(problem, explains) ?? farPace(problem, allowed);
  return found?.cadence === "seldom" && countsEpochs(problem, 1 / found.factor)
    ? { ...found, cadence: "per_epoch" }
    : found;
}

/** The log's own epochs are so many steps long. */
function countsEpochs({ points, curve }: Problem, steps: number): boolean {
  const last = points.at(-1)?.epoch ?? 0;
  return (
    curve.unit === 1 &&
    last >= 2 &&
    points.every(({ step, epoch }) => epoch !== null && Math.abs(step / steps - epoch) <= 1 + 1 / steps)
  );
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

const several = ({ curve }: Problem, n: number): Pace => ({
  cadence: "several",
  factor: n,
  at: (step) => curve.atTick(n * Math.floor(step / curve.unit)),
});

const seldom = ({ curve }: Problem, n: number): Pace => ({
  cadence: "seldom",
  factor: 1 / n,
  at: (step) => curve.atTick(Math.floor(Math.floor(step / curve.unit) / n)),
});

function* otherPaces(problem: Problem): Generator<Pace> {
  const { curve } = problem;
  const { unit } = curve;
  for (let n = 2; n <= MOST_CALLS; n += 1) yield several(problem, n);
  if (unit > 1) {
    for (let n = 2; n <= MOST_SKIPPED; n += 1)
      yield { cadence: "per_batch", factor: n * unit, at: (step) => curve.atTick(n * step) };
  }
  for (let n = 2; n <= MOST_SKIPPED; n += 1) yield seldom(problem, n);
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

/** Any other speed, from where in the schedule the points stand: epochs of thousands of steps, many batches an update. */
function farPace(problem: Problem, allowed: Allowed): Pace | null {
  if (movesOf(problem, allowed) < MOVES) return null;
  const { curve } = problem;
  const { unit } = curve;
  const tick = (step: number) => Math.floor(Math.max(0, step) / unit);
  const paces = [
    { of: (n: number): Pace => seldom(problem, n), rates: seldomRates, least: MOST_SKIPPED + 1 },
    { of: (n: number): Pace => several(problem, n), rates: severalRates, least: MOST_CALLS + 1 },
  ];
  for (const { of, rates, least } of paces) {
    for (const offset of OFFSETS) {
      const at = (index: number) => rates(problem, index, tick(stepAt(problem, index) + offset), allowed);
      const last = problem.points.length - 1;
      const among = [Math.floor(last / 2), last].reduce(
        (left, index) => intersection(left, at(index)),
        [{ from: least, to: Number.MAX_SAFE_INTEGER }],
      );
      const expected = (n: number) => problem.expect((step) => of(n).at(Math.max(0, step + offset)));
      const whole = { from: 0, to: last + 1, at, expected, choose: roundest };
      const n = sought(problem, among, whole, allowed);
      if (n !== null) return of(n);
    }
  }
  return null;
}

/** Steps of the scheduler at which a point's LR is there. */
function ticksOf(problem: Problem, index: number, allowed: Allowed): Interval[] {
  const { unit } = problem.curve;
  const end = problem.grid.at(-1) ?? 0;
  return placesOf(problem, index, allowed).map(({ from, to }) => ({
    from: Math.ceil(from / unit),
    to: to === end ? Infinity : Math.floor(to / unit),
  }));
}

/** The n for which floor(tick / n) is where the point's LR is. */
const seldomRates = (problem: Problem, index: number, tick: number, allowed: Allowed): Interval[] =>
  ticksOf(problem, index, allowed)
    .map(({ from, to }) => ({
      from: Math.floor(tick / (to + 1)) + 1,
      to: from > 0 ? Math.floor(tick / from) : Infinity,
    }))
    .filter(({ from, to }) => from <= to)
    .reverse();

/** The n for which n · tick is where the point's LR is. */
const severalRates = (problem: Problem, index: number, tick: number, allowed: Allowed): Interval[] =>
  tick === 0
    ? [{ from: 0, to: Infinity }]
    : ticksOf(problem, index, allowed)
        .map(({ from, to }) => ({ from: Math.ceil(from / tick), to: Math.floor(to / tick) }))
        .filter(({ from, to }) => from <= to);

/** The number with the fewest digits in the first interval. */
function roundest([first]: readonly Interval[]): number | null {
  if (!first) return null;
  const { from, to } = first;
  for (let unit = 10 ** Math.floor(Math.log10(Math.max(1, from))); unit >= 1; unit /= 10) {
    const round = Math.ceil(from / unit) * unit;
    if (round <= to) return round;
  }
  return from;
}

/** How often the LR moves from one point to the next. */
export const movesOf = ({ points, tolerances }: Problem, allowed = tolerances.loose): number =>
  points.filter(({ lr }, i) => {
    const before = points[i - 1]?.lr ?? lr;
    return Math.abs(lr - before) > allowed(lr, before);
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
