import type { CompiledSchedule } from "@/lib/domain/schedules/declared";

/** The declared LR of the logged param group, by position in the schedule instead of by step of the run. */
export interface DeclaredCurve {
  /** Steps between two calls of scheduler.step(): an epoch's, where it is declared per epoch, else 1. */
  unit: number;
  /** After `step` optimizer updates, whole; before 0, step 0. */
  atStep: (step: number) => number;
  /** After `tick` calls of scheduler.step(), whole. */
  atTick: (tick: number) => number;
  /** At any position of a smooth part of the schedule, which lies between `first` and `last`. */
  between: (step: number, first: number, last: number) => number;
}

const TABLE_SIZE = 400_000;
/** Farther ahead than this a single value is asked for on its own. */
const NEAR = 50_000;
/** Conventions of loggers look a step ahead. */
const MARGIN = 4;

/** @param where `reach` is the last step that is surely asked for */
export function declaredCurve(
  compiled: CompiledSchedule,
  { unit, group, reach }: { unit: number; group: number; reach: number },
): DeclaredCurve {
  const column = (columns: readonly Float64Array[]) => columns[group] ?? columns[0] ?? new Float64Array();
  const byStep = table((from, to) => column(compiled.lrs(from, to)), reach + MARGIN);
  // The middle of an epoch: its first step may fall on the wrong side of a division.
  const inTick = (tick: number) => (unit === 1 ? tick : (tick + 0.5) * unit);
  const byTick =
    unit === 1
      ? byStep
      : table(
          (from, to) => column(compiled.at(Array.from({ length: to - from }, (_, i) => inTick(from + i)))),
          Math.ceil(reach / unit) + MARGIN,
        );
  return {
    unit,
    atStep: byStep,
    atTick: byTick,
    between: (step, first, last) => interpolated(byStep, step, first, last),
  };
}

/** Whole positions, worked out once and in ascending chunks, which recursive schedules need. */
function table(
  evaluate: (from: number, to: number) => Float64Array,
  reach: number,
): (index: number) => number {
  let known = new Float64Array();
  return (index) => {
    const wanted = Math.max(0, index);
    if (wanted >= known.length) {
      if (wanted >= TABLE_SIZE || wanted > known.length * 2 + NEAR)
        return evaluate(wanted, wanted + 1)[0] ?? Number.NaN;
      const ahead = known.length < reach ? Math.min(known.length * 2, reach) : known.length * 1.25;
      const size = Math.min(TABLE_SIZE, Math.max(wanted + 1, Math.ceil(ahead), 256));
      const longer = new Float64Array(size);
      longer.set(known);
      longer.set(evaluate(known.length, size), known.length);
      known = longer;
    }
    return known[wanted] ?? Number.NaN;
  };
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
