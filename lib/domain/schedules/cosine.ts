/** Half a cosine from `peak` (step 0) to `floor` (step `steps`), then flat. Loshchilov & Hutter 2017, eq. 5. */
export interface CosineSpec {
  kind: "cosine";
  peak: number;
  floor: number;
  steps: number;
}

export function cosineAt({ peak, floor, steps }: CosineSpec, step: number): number {
  if (step >= steps) return floor;
  return floor + 0.5 * (peak - floor) * (1 + Math.cos((Math.PI * step) / steps));
}
