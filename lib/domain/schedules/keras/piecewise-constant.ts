import { listOf, number, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
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
  return (step) => {
    const edges = Number.isInteger(step) ? boundaries.map(Math.trunc) : boundaries;
    if (edges.length === 0) throw new PythonError("IndexError", "list index out of range");
    return values.reduce((sum, value, index) => sum + (isWithin(step, edges, index) ? value : 0), 0);
  };
};

function isWithin(step: number, edges: readonly number[], index: number): boolean {
  return step > (edges[index - 1] ?? -Infinity) && step <= (edges[index] ?? Infinity);
}
