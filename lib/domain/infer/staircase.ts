import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { nice } from "@/lib/domain/audit/explain-simple";
import { same, type Series } from "./series";

/** Constant stretches: where each begins, and its LR. */
export interface Stairs {
  values: number[];
  /** One less than values: the step of the first point of every stretch but the first. */
  boundaries: number[];
}

/** At least so many points a stretch, on average, for a log to be stairs. */
const POINTS_A_STAIR = 2;
export const MOST_STAIRS = 64;

export function stairsOf(series: Series): Stairs | null {
  const { steps, lrs } = series;
  const values: number[] = [];
  const boundaries: number[] = [];
  for (const [i, lr] of lrs.entries()) {
    const top = values.at(-1);
    if (top !== undefined && same(series, lr, top)) continue;
    if (values.length > 0) boundaries.push(steps[i] ?? 0);
    values.push(lr);
  }
  return values.length * POINTS_A_STAIR <= lrs.length + 1 ? { values, boundaries } : null;
}

/** Schedules that are stairs by nature, the simplest first. */
export function stairSpecs(stairs: Stairs): ScheduleSpec[] {
  const { values, boundaries } = stairs;
  const [peak = 0] = values;
  if (boundaries.length === 0) return [{ kind: "constant", value: peak }];
  if (boundaries.length >= MOST_STAIRS) return [...equalSteps(stairs)];
  return [...equalSteps(stairs), ...milestones(stairs), { kind: "piecewise", values, boundaries }];
}

function equalSteps({ values, boundaries }: Stairs): ScheduleSpec[] {
  const [step_size = 0] = boundaries;
  if (!boundaries.every((boundary, i) => boundary === step_size * (i + 1)) || boundaries.length < 2)
    return [];
  const [peak = 0] = values;
  const last = values.at(-1) ?? 0;
  const gamma = nice((last / peak) ** (1 / boundaries.length), 1e-7);
  const rate = nice(peak / (values[1] ?? peak) - 1, 1e-7);
  const specs: ScheduleSpec[] = [{ kind: "step", peak, step_size, gamma }];
  if (rate > 0)
    specs.push({ kind: "inverse_time", peak, decay_rate: rate, decay_steps: step_size, staircase: true });
  return specs;
}

/** One factor at every milestone; a larger drop is several milestones at once. */
function milestones({ values, boundaries }: Stairs): ScheduleSpec[] {
  const [peak = 0] = values;
  const ratios = boundaries.map((_, i) => (values[i + 1] ?? 0) / (values[i] ?? 1));
  const gamma = nice(Math.max(...ratios), 1e-7);
  if (!(gamma > 0 && gamma < 1)) return [];
  const times = ratios.map((ratio) => Math.round(Math.log(ratio) / Math.log(gamma)));
  if (!times.every((count) => count >= 1 && count <= 4)) return [];
  const all = boundaries.flatMap((boundary, i) => Array<number>(times[i] ?? 1).fill(boundary));
  return [{ kind: "multi_step", peak, milestones: all, gamma }];
}

/** The length of an epoch that all boundaries are multiples of; null when there is none worth the name. */
export function commonEpoch({ boundaries }: Stairs, known?: number | null): number | null {
  if (known && known > 1 && boundaries.every((boundary) => boundary % known === 0)) return known;
  const gcd = boundaries.reduce((a, b) => divisor(a, b), 0);
  return gcd > 1 && boundaries.length >= 3 ? gcd : null;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
