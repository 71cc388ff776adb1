import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { ASKING, effort } from "./effort";

/** The declared LR of the logged param group, by position in the schedule instead of by step of the run. */
export interface DeclaredCurve {
  /** Steps between two calls of scheduler.step(): an epoch's, where it is declared per epoch, else 1. */
  unit: number;
  /** After `step` optimizer updates, whole; before 0, step 0. */
  atStep: (step: number) => number;
  /** After `tick` calls of scheduler.step(), whole. */
  atTick: (tick: number) => number;
  /** From now on only so many LRs more that are not known yet; beyond them it is NaN, which explains nothing. */
  limit: () => void;
  /** At any position of a smooth part of the schedule, which lies between `first` and `last`. */
  between: (step: number, first: number, last: number) => number;
}

interface Extent {
  unit: number;
  group: number;
  /** The last step that is surely asked for. */
  reach: number;
  /** Points of the log: what is evaluated goes with them, and never with the size of a step number. */
  points: number;
  /** Formulas of one step. */
  perStep: number;
}

/** Steps that are worked out together for each point of the log; a log with wider gaps is asked for step by step. */
const DENSE = 64;
/** Of a recursion all steps up to here are: it follows them anyway. */
const FOLLOWED = 5_000_000;
/** Conventions of loggers look a step ahead. */
const MARGIN = 4;
/** Formulas, with the asking, for LRs beyond those steps: some hundred thousand of a schedule of one formula. */
const LOOKUPS = 4_000_000;
/** LRs beyond those steps that each point of the log may ask for, whatever the schedule. */
const A_POINT = 16;
/** What a recursion goes through for one step out of its turn. */
const STEPS_BACK = 65_536;
/** There is no step after it that a number can tell from the next. */
const LAST_STEP = Number.MAX_SAFE_INTEGER - 1;

export function declaredCurve(
  compiled: CompiledSchedule,
  { unit, group, reach, points, perStep }: Extent,
): DeclaredCurve {
  const column = (columns: readonly Float64Array[]) => columns[group] ?? columns[0] ?? new Float64Array();
  const most = compiled.recursive ? FOLLOWED : DENSE * points;
  const lookups = effort();
  const price = compiled.recursive ? STEPS_BACK * perStep : ASKING + perStep;
  const evaluated = (evaluate: Evaluate, length: number) =>
    table(evaluate, Math.min(most, length + MARGIN), () => lookups.spend(price));
  const byStep = evaluated((from, to) => column(compiled.lrs(from, to)), reach);
  // The middle of an epoch: its first step may fall on the wrong side of a division.
  const inTick = (tick: number) => (unit === 1 ? tick : (tick + 0.5) * unit);
  const byTick =
    unit === 1
      ? byStep
      : evaluated(
          (from, to) => column(compiled.at(Array.from({ length: to - from }, (_, i) => inTick(from + i)))),
          Math.ceil(reach / unit),
        );
  return {
    unit,
    atStep: byStep,
    atTick: byTick,
    limit: () => lookups.limit(LOOKUPS + A_POINT * points * price),
    between: (step, first, last) => interpolated(byStep, step, first, last),
  };
}

const FIRST_CHUNK = 256;

type Evaluate = (from: number, to: number) => Float64Array;

/**
 * Whole positions, each worked out once: those below `dense` in ascending chunks, which recursive schedules need, those
 * beyond on their own.
 */
function table(evaluate: Evaluate, dense: number, mayAsk: () => boolean): (index: number) => number {
  let known = new Float64Array();
  const beyond = new Map<number, number>();
  return (index) => {
    const wanted = Math.min(LAST_STEP, Math.max(0, index));
    if (wanted >= dense)
      return remembered(beyond, wanted, () => (mayAsk() ? evaluate(wanted, wanted + 1)[0] : undefined));
    if (wanted >= known.length) {
      const size = Math.min(dense, Math.max(wanted + 1, known.length * 2, FIRST_CHUNK));
      const longer = new Float64Array(size);
      longer.set(known);
      longer.set(evaluate(known.length, size), known.length);
      known = longer;
    }
    return known[wanted] ?? Number.NaN;
  };
}

function remembered(known: Map<number, number>, key: number, make: () => number | undefined): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make() ?? Number.NaN;
  known.set(key, made);
  return made;
}

/** Lagrange's cubic through the four whole positions around, none of them outside `first` to `last`. */
function interpolated(at: (index: number) => number, position: number, first = 0, last = Infinity): number {
  const low = Math.floor(position);
  if (low === position || position < first) return at(low);
  const start = Math.max(first, Math.min(low - 1, last - 3));
  const x = position - start;
  const [a, b, c, d] = [at(start), at(start + 1), at(start + 2), at(start + 3)];
  const [p, q, r] = [x - 1, x - 2, x - 3];
  return (-a * p * q * r) / 6 + (b * x * q * r) / 2 - (c * x * p * r) / 2 + (d * x * p * q) / 6;
}
