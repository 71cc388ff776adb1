import { mean } from "./mean";

/** Sample variance, divided by n − 1. Finite values; NaN for fewer than two. */
export function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
