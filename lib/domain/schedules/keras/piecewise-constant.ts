import { listOf, number, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { bisectLeft } from "@/lib/domain/schedules/shared/python-math";
import { NAME, type KerasConstructor } from "./schedule";

/**
 * PiecewiseConstantDecay: values[0] while s ≤ boundaries[0], values[i] while boundaries[i−1] < s ≤ boundaries[i], the
 * last value afterwards. Boundaries take the step's integer type, so a fractional one is cut. Keras sums value times
 * indicator, which for unsorted boundaries is not one of the values: reproduced.
 */
export const piecewiseConstantDecay: KerasConstructor = (kwargs, path) => {
  const { boundaries, values } = readArguments(kwargs, path, {
    boundaries: required(listOf(number)),
    values: required(listOf(number)),
    ...NAME,
  });
  if (boundaries.length !== values.length - 1) {
    throw new PythonError(
      "ValueError",
      "The length of boundaries should be 1 less than the length of values. " +
        `Received: boundaries=[${boundaries.join(", ")}] of length ${boundaries.length}, ` +
        `and values=[${values.join(", ")}] of length ${values.length}.`,
    );
  }
  if (boundaries.length > MOST_UNSORTED && !ascends(boundaries)) {
    throw new ScheduleError(`${path}.boundaries`, `more than ${MOST_UNSORTED} boundaries must ascend`);
  }
  if (boundaries.length === 0) {
    return () => {
      throw new PythonError("IndexError", "list index out of range");
    };
  }
  const [whole, exact] = [boundaries.map(Math.trunc), boundaries].map((edges) => sumOfPieces(edges, values));
  return (step) => (Number.isInteger(step) ? whole : exact)?.(step) ?? NaN;
};

/** More boundaries than this must ascend, as anyone's in earnest do: each would be looked at at each step. */
const MOST_UNSORTED = 64;

/** Of sorted boundaries one piece at most holds a step; of others several may. */
function sumOfPieces(edges: readonly number[], values: readonly number[]): (step: number) => number {
  const piece = (step: number, index: number) => (isWithin(step, edges, index) ? (values[index] ?? 0) : 0);
  if (ascends(edges)) return (step) => piece(step, bisectLeft(edges, step));
  return (step) => values.reduce((sum, _, index) => sum + piece(step, index), 0);
}

const ascends = (edges: readonly number[]): boolean =>
  edges.every((edge, i) => edge >= (edges[i - 1] ?? -Infinity));

function isWithin(step: number, edges: readonly number[], index: number): boolean {
  return step > (edges[index - 1] ?? -Infinity) && step <= (edges[index] ?? Infinity);
}
