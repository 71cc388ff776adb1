/** `peak/(1 + decay_rate·step/decay_steps)`, the quotient floored if `staircase`. Robbins & Monro 1951; Keras. */
export interface InverseTimeSpec {
  kind: "inverse_time";
  peak: number;
  decay_rate: number;
  decay_steps: number;
  staircase?: boolean;
}

export function inverseTimeAt(spec: InverseTimeSpec, step: number): number {
  const progress = step / spec.decay_steps;
  return spec.peak / (1 + spec.decay_rate * (spec.staircase ? Math.floor(progress) : progress));
}
