/** Which values are better. */
export type Mode = "min" | "max";

/** Negative when `a` is better. */
export const compareBetter = (a: number, b: number, mode: Mode): number => (mode === "min" ? a - b : b - a);
