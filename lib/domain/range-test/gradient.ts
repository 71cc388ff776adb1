/**
 * The derivative of `values` over the places `at`: second order inside also where these are unevenly spaced, one-sided
 * at the ends. `numpy.gradient` and `torch.gradient` with coordinates. Needs two values.
 */
export function gradient(values: readonly number[], at: readonly number[]): number[] {
  const value = (i: number) => values[i] ?? NaN;
  const gap = (i: number) => (at[i + 1] ?? NaN) - (at[i] ?? NaN);
  const last = values.length - 1;
  return values.map((_, i) => {
    if (i === 0) return (value(1) - value(0)) / gap(0);
    if (i === last) return (value(last) - value(last - 1)) / gap(last - 1);
    const [before, after] = [gap(i - 1), gap(i)];
    const left = -after / (before * (before + after));
    const middle = (after - before) / (before * after);
    const right = before / (after * (before + after));
    return left * value(i - 1) + middle * value(i) + right * value(i + 1);
  });
}
