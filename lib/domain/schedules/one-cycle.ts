/**
 * Up to `max_lr`, down to `max_lr/div_factor/final_div_factor`, with torch's phase ends (pct_start·N − 1, N − 1; they
 * need not be whole). Smith & Topin 2018; torch OneCycleLR. Held at the last value after step N − 1.
 */
export interface OneCycleSpec {
  kind: "one_cycle";
  max_lr: number;
  total_steps: number;
  pct_start?: number;
  div_factor?: number;
  final_div_factor?: number;
  anneal_strategy?: "cos" | "linear";
  three_phase?: boolean;
}

export interface Phase {
  end: number;
  from: number;
  to: number;
}

/** The three levels of a run, in whatever unit (torch anneals the momentum with the same phases). */
export interface Levels {
  initial: number;
  max: number;
  min: number;
}

export const NO_PHASE: Phase = { end: -Infinity, from: NaN, to: NaN };

export function oneCyclePhases(
  totalSteps: number,
  pctStart: number,
  threePhase: boolean,
  levels: Levels,
): Phase[] {
  const { initial, max, min } = levels;
  const up = { end: pctStart * totalSteps - 1, from: initial, to: max };
  if (!threePhase) return [up, { end: totalSteps - 1, from: max, to: min }];
  const down = { end: 2 * pctStart * totalSteps - 2, from: max, to: initial };
  return [up, down, { end: totalSteps - 1, from: initial, to: min }];
}

export function phasesOf(spec: OneCycleSpec): Phase[] {
  const initial = spec.max_lr / (spec.div_factor ?? 25);
  const levels = { initial, max: spec.max_lr, min: initial / (spec.final_div_factor ?? 1e4) };
  return oneCyclePhases(spec.total_steps, spec.pct_start ?? 0.3, spec.three_phase ?? false, levels);
}

export function anneal(strategy: "cos" | "linear", from: number, to: number, progress: number): number {
  if (strategy === "linear") return (to - from) * progress + from;
  return to + ((from - to) / 2) * (Math.cos(Math.PI * progress) + 1);
}

export function oneCycleAt(spec: OneCycleSpec, phases: readonly Phase[], step: number): number {
  const held = Math.min(step, spec.total_steps - 1);
  const strategy = spec.anneal_strategy ?? "cos";
  let start = 0;
  let level = NaN;
  for (let i = 0; i < phases.length; i++) {
    const { end, from, to } = phases[i] ?? NO_PHASE;
    // An empty phase (pct_start·N = 1) is passed at once.
    if (held <= end) return end > start ? anneal(strategy, from, to, (held - start) / (end - start)) : to;
    start = end;
    level = to;
  }
  return level;
}
