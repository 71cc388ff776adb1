/**
 * Probability that a run of `a` beats a run of `b`: U / (n·m), Mann–Whitney's U with ties counting half (Mann & Whitney
 * 1947; as a measure for comparing algorithms: Agarwal et al. 2021). `mode` says which values are better. Finite values;
 * NaN when either is empty.
 */
export function probabilityOfImprovement(
  a: readonly number[],
  b: readonly number[],
  mode: "min" | "max",
): number {
  const sign = mode === "max" ? 1 : -1;
  let wins = 0;
  for (const x of a) {
    for (const y of b) wins += (Math.sign(sign * (x - y)) + 1) / 2;
  }
  return wins / (a.length * b.length);
}
