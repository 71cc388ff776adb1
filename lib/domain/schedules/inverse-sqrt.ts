/**
 * Linear warmup to `peak`, then `peak/√((step − warmup + timescale)/timescale)`. Vaswani et al. 2017, section 5.3, with
 * the timescale of big_vision. `timescale` is `warmup` by default, or 10 000 without warmup (as in transformers).
 */
export interface InverseSqrtSpec {
  kind: "inverse_sqrt";
  peak: number;
  warmup?: number;
  timescale?: number;
}

export function inverseSqrtAt({ peak, warmup = 0, timescale }: InverseSqrtSpec, step: number): number {
  if (step < warmup) return (peak * step) / warmup;
  const scale = timescale ?? (warmup || 10_000);
  return peak / Math.sqrt((step - warmup + scale) / scale);
}
