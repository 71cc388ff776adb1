/** Straight line from `from` (step 0) to `to` (step `steps`), then `to`. */
export interface LinearSpec {
  kind: "linear";
  from: number;
  to: number;
  steps: number;
}

export function linearAt({ from, to, steps }: LinearSpec, step: number): number {
  if (step >= steps) return to;
  return from + ((to - from) * step) / steps;
}
