/** Hues of `--run-0` … `--run-9`, then the same ten lighter (10 … 19) and darker (20 … 29): app/globals.css. */
export const RUN_COLORS = 30;

/**
 * The colour of the project's `index`-th run (in order of creation, from 0), as a CSS value. Ten hues first; beyond,
 * lightness steps of them, so neighbours never look alike. A run keeps its index, hence its colour.
 */
export function runColor(index: number): string {
  return `var(${runColorVariable(index)})`;
}

/** The custom property's name, for code that must resolve it (a canvas cannot read `var()`). */
export function runColorVariable(index: number): string {
  const wrapped = ((Math.trunc(index) % RUN_COLORS) + RUN_COLORS) % RUN_COLORS;
  return `--run-${wrapped}`;
}
