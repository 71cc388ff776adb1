import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Candidate } from "./candidate";
import { isMonotone, riseEnd, restFrom, type Series } from "./series";

/** A jump of the log is larger than its neighbours' steps by so much. */
const JUMP = 3;
const LEAST_JUMP = 0.05;

/** Steps of the points before which the LR jumps up. */
export function jumpsUp({ steps, lrs, peak }: Series): number[] {
  const moves = lrs.slice(1).map((lr, i) => lr - (lrs[i] ?? 0));
  return moves.flatMap((move, i) => {
    const around = Math.max(Math.abs(moves[i - 1] ?? 0), Math.abs(moves[i + 1] ?? 0));
    return move > LEAST_JUMP * peak && move > JUMP * around ? [steps[i + 1] ?? 0] : [];
  });
}

/** Cosine with restarts: the jumps give the cycles, what is left are levels. */
function restarts(series: Series): Candidate[] {
  const jumps = jumpsUp(series);
  const [first, second] = jumps;
  if (first === undefined) return [];
  const growth = second === undefined ? [1, 2] : [(second - first) / first];
  const lowest = Math.min(...series.lrs);
  const [peak = 0] = series.lrs;
  const lasts = jumps.length;
  // Equal cycles need not be whole: the last jump tells their length best.
  const lengths = [
    first,
    ...(lasts > 1 ? [(jumps.at(-1) ?? first) / lasts, ((jumps.at(-1) ?? first) - 0.5) / lasts] : []),
  ];
  const make = (T_0: number, T_mult: number, decays: boolean): Candidate => ({
    start: decays ? [peak, lowest, 0.8] : [peak, lowest],
    make: ([top = 0, floor = 0, gamma = 1]) =>
      top > 0 && floor >= -1e-12 && gamma > 0
        ? {
            kind: "cosine_restarts",
            peak: top,
            floor: Math.max(0, floor),
            T_0,
            T_mult,
            ...(decays ? { gamma } : {}),
          }
        : null,
  });
  return growth.flatMap((ratio) => {
    const T_mult = Math.abs(ratio - Math.round(ratio)) < 0.05 ? Math.max(1, Math.round(ratio)) : ratio;
    if (T_mult < 1) return [];
    return [false, true].flatMap((decays) =>
      (T_mult === 1 ? lengths : [first]).map((length) => make(length, T_mult, decays)),
    );
  });
}

/** Up and down once, in torch's phases. */
function oneCycles(series: Series): Candidate[] {
  const { steps, lrs } = series;
  const top = riseEnd(series);
  const up = steps[top] ?? 0;
  if (up <= 0 || top === lrs.length - 1) return [];
  const [initial = 0, max = 0, min = 0] = [lrs[0], lrs[top], lrs.at(-1)];
  const rest = restFrom(series);
  const total = (steps[rest < lrs.length ? rest : lrs.length - 1] ?? 0) + 1;
  if (!(initial > 0 && min > 0)) return [];
  const start = [max, total, (up + 1) / total, max / initial, initial / min];
  return (["cos", "linear"] as const).flatMap((strategy) =>
    [false, true].map((threePhase): Candidate => {
      return { start, whole: [1], make: (parameters) => oneCycle(parameters, strategy, threePhase) };
    }),
  );
}

function oneCycle(parameters: readonly number[], anneal_strategy: "cos" | "linear", threePhase: boolean) {
  const [max_lr = 0, total_steps = 0, pct_start = 0, div_factor = 0, final_div_factor = 0] = parameters;
  if (!parameters.every((value) => value > 0) || total_steps <= 1 || pct_start >= 1) return null;
  const levels = { max_lr, total_steps, pct_start, div_factor, final_div_factor };
  const phases = threePhase ? { three_phase: true } : {};
  return { kind: "one_cycle" as const, ...levels, anneal_strategy, ...phases };
}

/** Triangles that come again. */
function cycles(series: Series): Candidate[] {
  const { steps, lrs } = series;
  const top = riseEnd(series);
  const up = steps[top] ?? 0;
  if (up <= 0) return [];
  let low = top;
  while (low + 1 < lrs.length && (lrs[low + 1] ?? 0) < (lrs[low] ?? 0)) low += 1;
  const down = low < lrs.length - 1 ? (steps[low] ?? 0) - up : up;
  const [base = 0, max = 0] = [lrs[0], lrs[top]];
  if (down <= 0) return [];
  return (["triangular", "triangular2", "exp_range"] as const).map((mode) => ({
    start: mode === "exp_range" ? [base, max, 0.999] : [base, max],
    make: ([base_lr = 0, max_lr = 0, gamma = 1]: readonly number[]) =>
      base_lr >= 0 && max_lr > 0 && gamma > 0
        ? {
            kind: "cyclic" as const,
            base_lr,
            max_lr,
            step_size_up: up,
            ...(down === up ? {} : { step_size_down: down }),
            mode,
            ...(mode === "exp_range" ? { gamma } : {}),
          }
        : null,
  }));
}

const MOST_SWINGS = 60;

/** Half cosines down and up in turn: what torch's CosineAnnealingLR does after T_max. */
function swings({ steps, lrs }: Series): Candidate[] {
  const low = lrs.indexOf(Math.min(...lrs));
  const last = steps.at(-1) ?? 0;
  const [peak = 0, floor = 0] = [lrs[0], lrs[low]];
  const length = steps[low] ?? 0;
  if (length < 1 || last / length > MOST_SWINGS) return [];
  return [length, length + 1, length - 1].flatMap((half): Candidate[] => {
    if (half < 1) return [];
    return [
      {
        start: [peak, floor],
        make: ([top = 0, bottom = 0]) => {
          if (top < 0 || bottom < -1e-12) return null;
          const swing = (i: number): ScheduleSpec =>
            i % 2 === 0
              ? { kind: "cosine", peak: top, floor: Math.max(0, bottom), steps: half }
              : { kind: "cosine", peak: Math.max(0, bottom), floor: top, steps: half };
          const count = Math.ceil((last + 1) / half);
          return {
            kind: "sequence",
            parts: Array.from({ length: count }, (_, i) => ({ spec: swing(i), steps: half })),
          };
        },
      },
    ];
  });
}

/** Families that rise and fall; nothing for a log that moves one way only. */
export const periodicCandidates = (series: Series): Candidate[] =>
  isMonotone(series) ? [] : [...cycles(series), ...restarts(series), ...swings(series), ...oneCycles(series)];
