import { quantile } from "./quantile";

/** Middle value, or the mean of the two middle ones; NaN when there are none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);
