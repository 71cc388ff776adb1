import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { nice } from "@/lib/domain/audit/explain-simple";
import { shortestWithin } from "./roundness";
import { same, type Series, slackOf } from "./series";

/** Constant stretches: where each begins, and its LR. */
export interface Stairs {
  values: number[];
  /** One less than values: the step of the first point of every stretch but the first. */
  boundaries: number[];
  /** And that of the point before: the LR changed after it, and by the boundary. */
  before: number[];
}

/** At least so many points a stretch, on average, for a log to be stairs. */
const POINTS_A_STAIR = 2;
/** A curve that comes to rest has as many on average, but one each while it moves. */
const MOST_SINGLE = 0.6;
export const MOST_STAIRS = 64;

export function stairsOf(series: Series): Stairs | null {
  const { stairs, single } = stretchesOf(series);
  const { values, boundaries } = stairs;
  const isMoving =
    values.length * POINTS_A_STAIR > series.lrs.length + 1 || single > MOST_SINGLE * boundaries.length;
  return isMoving ? null : { ...stairs, values: values.map((lr) => inFewDigits(series, lr)) };
}

const inFewDigits = (series: Series, lr: number): number =>
  shortestWithin(lr, slackOf(series) * series.allowed(lr, lr));

/** The constant stretches of any log, and how many of all but the first are of a single point. */
function stretchesOf(series: Series): { stairs: Stairs; single: number } {
  const { steps, lrs } = series;
  const values: number[] = [];
  const firsts: number[] = [];
  for (const [i, lr] of lrs.entries()) {
    const top = values.at(-1);
    if (top !== undefined && same(series, lr, top)) continue;
    firsts.push(i);
    values.push(lr);
  }
  const single = firsts.filter((first, i) => i > 0 && (firsts[i + 1] ?? lrs.length) === first + 1).length;
  const later = firsts.slice(1);
  const boundaries = later.map((i) => steps[i] ?? 0);
  return { stairs: { values, boundaries, before: later.map((i) => steps[i - 1] ?? 0) }, single };
}

/** Schedules that are stairs by nature, the simplest first. */
export function stairSpecs(stairs: Stairs): ScheduleSpec[] {
  const { values, boundaries } = stairs;
  const [peak = 0] = values;
  if (boundaries.length === 0) return [{ kind: "constant", value: peak }];
  if (boundaries.length >= MOST_STAIRS) return [...equalSteps(stairs)];
  return [...equalSteps(stairs), ...milestones(stairs), { kind: "piecewise", values, boundaries }];
}

function equalSteps(stairs: Stairs): ScheduleSpec[] {
  const { values, boundaries } = stairs;
  const step_size = equalLength(stairs);
  if (step_size === null || boundaries.length < 2) return [];
  const [peak = 0] = values;
  const last = values.at(-1) ?? 0;
  const gamma = nice((last / peak) ** (1 / boundaries.length), 1e-7);
  const rate = nice(peak / (values[1] ?? peak) - 1, 1e-7);
  const specs: ScheduleSpec[] = [{ kind: "step", peak, step_size, gamma }];
  if (rate > 0)
    specs.push({ kind: "inverse_time", peak, decay_rate: rate, decay_steps: step_size, staircase: true });
  return specs;
}

/** After one drop the next may be due as late again. */
export function nextDrop({ values, boundaries }: Stairs): ScheduleSpec[] {
  const [[peak = 0, low = 0], [step_size = 0]] = [values, boundaries];
  const isOne = boundaries.length === 1 && low > 0 && low < peak;
  return isOne ? [{ kind: "step", peak, step_size, gamma: nice(low / peak, 1e-7) }] : [];
}

/** The roundest whole length under which every stretch begins where the log allows it; null: none does. */
function equalLength({ boundaries, before }: Stairs): number | null {
  const low = Math.max(...before.map((step, i) => Math.floor(step / (i + 1)) + 1));
  const high = Math.min(...boundaries.map((step, i) => Math.floor(step / (i + 1))));
  return roundest(low, high);
}

const UNITS = [1e6, 1e5, 1e4, 1000, 100, 50, 10, 5, 1];

/** Of the whole numbers from `low` to `high` the one that a person would have chosen. */
function roundest(low: number, high: number): number | null {
  const rounds = UNITS.map((unit) => Math.floor(high / unit) * unit);
  return rounds.find((round) => round >= low && round > 0) ?? null;
}

/** One factor at every milestone; a larger drop is several milestones at once. */
function milestones({ values, boundaries, before }: Stairs): ScheduleSpec[] {
  const [peak = 0] = values;
  const ratios = boundaries.map((_, i) => (values[i + 1] ?? 0) / (values[i] ?? 1));
  const gamma = nice(Math.max(...ratios), 1e-7);
  if (!(gamma > 0 && gamma < 1)) return [];
  const times = ratios.map((ratio) => Math.round(Math.log(ratio) / Math.log(gamma)));
  if (!times.every((count) => count >= 1 && count <= 4)) return [];
  const all = boundaries.flatMap((boundary, i) => {
    const at = roundest((before[i] ?? 0) + 1, boundary) ?? boundary;
    return Array<number>(times[i] ?? 1).fill(at);
  });
  return [{ kind: "multi_step", peak, milestones: all, gamma }];
}

/** Stretches of two points or more that a log needs between its first and its last to be one of epochs. */
const LEAST_REPEATED = 3;

/**
 * The length of an epoch whose LR is logged once or twice: each change is the next epoch's. The length that is known where
 * it is one. Null: the log shows none.
 */
export function sparseEpoch(series: Series, known?: number | null): number | null {
  const { stairs, single } = stretchesOf(series);
  if (known && known > 1 && isEpochOf(stairs, known)) return known;
  const inner = stairs.boundaries.length - 1;
  const epoch = inner - single < LEAST_REPEATED ? null : equalLength(stairs);
  return epoch !== null && epoch > 1 ? epoch : null;
}

/** Whether an epoch begins after the point before each change and by the boundary. */
const isEpochOf = ({ boundaries, before }: Stairs, epoch: number): boolean =>
  boundaries.every((boundary, i) => Math.floor(boundary / epoch) > Math.floor((before[i] ?? 0) / epoch));

const MOST_EPOCHS = 4096;
const MOST_LENGTHS = 64;

/** The length of the longest epochs between which all changes may lie; null when there is none worth the name. */
export function commonEpoch(stairs: Stairs, known?: number | null): number | null {
  const { boundaries, before } = stairs;
  if (known && known > 1 && isEpochOf(stairs, known)) return known;
  const [first = 0] = boundaries;
  if (boundaries.length < 3) return null;
  for (let epochs = 1; epochs <= Math.min(MOST_EPOCHS, first / 2); epochs += 1) {
    const high = Math.floor(first / epochs);
    const low = Math.max(2, Math.floor((before[0] ?? 0) / epochs) + 1, high - MOST_LENGTHS);
    for (let epoch = high; epoch >= low; epoch -= 1) if (isEpochOf(stairs, epoch)) return epoch;
  }
  return null;
}
