import { at } from "./at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { isNative } from "@/lib/domain/schedules/declared";
import { type Fit, isExact, judge } from "./candidate";
import { fallingModels } from "./falling";
import { fitModel } from "./model";
import { OUR_SHAPES } from "./shapes";
import { headOf, same, type Series, tailOf } from "./series";

const MOST_PARTS = 12;
/** A move is a jump when it is so much larger than both of its neighbours. */
const JUMP = 3;
const LEAST_JUMP = 1e-3;

/**
 * One schedule after another, cut where the log jumps, turns, or stops and starts moving; nothing where points are so far
 * apart that the step of a cut does not show.
 */
export function joined(series: Series): Fit[] {
  const cuts = cutsOf(series);
  const { steps } = series;
  const shows = (cut: number) => at(steps, cut) - at(steps, cut - 1) === 1;
  if (cuts.length === 0 || cuts.length >= MOST_PARTS || !cuts.every(shows)) return [];
  const parts: { spec: ScheduleSpec; steps: number }[] = [];
  const ends = [...cuts, steps.length];
  let from = 0;
  for (const end of ends) {
    const start = from === 0 ? 0 : (steps[from] ?? 0);
    const spec = partOf(headOf(tailOf(series, from, start), end - from));
    if (!spec) return [];
    parts.push({ spec, steps: (steps[end] ?? (steps.at(-1) ?? 0) + 1) - start });
    from = end;
  }
  return [judge({ kind: "sequence", parts }, series)];
}

function partOf(part: Series): ScheduleSpec | null {
  const { lrs } = part;
  const [first = 0] = lrs;
  if (lrs.every((lr) => same(part, lr, first))) return { kind: "constant", value: first };
  for (const model of fallingModels(part, OUR_SHAPES)) {
    const fit = fitModel(model, part);
    if (fit && isExact(fit) && isNative(fit.spec)) return fit.spec;
  }
  return null;
}

/** Indices at which a new part begins. */
export function cutsOf(series: Series): number[] {
  const { lrs, peak } = series;
  const moves = lrs.slice(1).map((lr, i) => (same(series, lr, lrs[i] ?? 0) ? 0 : lr - (lrs[i] ?? 0)));
  const cuts = lrs.flatMap((_, i) => {
    if (i === 0) return [];
    return jumpsTo(moves, i, peak) || isKink(moves, i, peak) || turnsAt(moves, i) ? [i] : [];
  });
  return cuts.filter((cut, i) => i === 0 || cut - (cuts[i - 1] ?? 0) > 1);
}

/** Whether the move before point i is a jump. */
function jumpsTo(moves: readonly number[], i: number, peak: number): boolean {
  return i > 1 && Math.abs(moves[i - 1] ?? 0) > LEAST_JUMP * peak && isJump(moves, i - 1);
}

/** Whether the log changes its direction at point i; a jump there has its cut behind it. */
function turnsAt(moves: readonly number[], i: number): boolean {
  const [move = 0, after] = [moves[i - 1], moves[i]];
  return after !== undefined && Math.sign(move) !== Math.sign(after) && !isJump(moves, i);
}

/** Whether the move after point i is a jump: the cut comes after it, not before. */
function isJump(moves: readonly number[], i: number): boolean {
  const [before = 0, move = 0, after = 0] = [moves[i - 1], moves[i], moves[i + 1]];
  return Math.abs(move) > JUMP * Math.max(Math.abs(before), Math.abs(after));
}

const LEAST_KINK = 1e-5;
const KINK = 10;

/** Whether the slope changes at point i as it does nowhere near it. */
function isKink(moves: readonly number[], i: number, peak: number): boolean {
  const bend = (at: number) => Math.abs((moves[at] ?? 0) - (moves[at - 1] ?? 0));
  if (i < 3 || i > moves.length - 3) return false;
  return bend(i) > LEAST_KINK * peak && bend(i) > KINK * Math.max(bend(i - 1), bend(i + 1));
}
