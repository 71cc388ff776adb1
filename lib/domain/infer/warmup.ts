import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { type WarmupShape, warmupFactor } from "@/lib/domain/schedules/warmup";
import type { WsdSpec } from "@/lib/domain/schedules/wsd";
import { type Fit, isExact, judge, type Lead, ranked } from "./candidate";
import { isLine, lengthsAt, lineBefore } from "./corner";
import { cutsOf } from "./joined";
import { jumpsUp, same, type Series, tailOf } from "./series";

const SHAPES: readonly WarmupShape[] = ["linear", "constant", "cosine", "exponential"];
const MOST_TRIED = 3;
/** Of what the log's rounding allows. */
const ROUND_ENOUGH = 0.2;

/** A warmup in front of whatever explains the rest of the log. @param rise index of the point where the rise ends */
export function withWarmup(series: Series, mainFits: (tail: Series) => Fit[], rise: number): Fit[] {
  const fits: Fit[] = [];
  for (const index of endsOf(series, rise)) {
    const lengths = lengthsAt(series, index);
    for (const delays of [true, false]) {
      for (const length of lengths) {
        if (series.budget.left <= 0) return fits;
        const tail = tailOf(series, index, delays ? length : 0);
        if (tail.steps.length < 3) continue;
        const told = ranked(mainFits(tail).filter((fit) => isExact(fit) || fit.led));
        const lead = leadOf(series, index, length, delays);
        for (const then of told.slice(0, MOST_TRIED)) fits.push(...inFront(series, then, lead));
        if (fits.some(isExact)) return fits;
      }
    }
  }
  return fits;
}

/** Whether the log begins as a line up from 0, as no family does but one with a warmup. */
export const risesFromZero = (series: Series, rise: number): boolean =>
  [rise, rise + 1].some((end) => isLine(series, end) && same(series, lineBefore(series, end)(0), 0));

/**
 * Where the warmup may end: at the top of the rise, a point after it, at the first jump up (a constant warmup), or at the
 * first kink (a warmup beside a faster decay).
 */
function endsOf(series: Series, rise: number): number[] {
  const [jump] = jumpsUp(series);
  const atJump = jump === undefined ? [] : [series.steps.indexOf(jump)];
  // Of a line that has its top on it the end comes later.
  const line = [rise + 1, rise].find((end) => end < series.steps.length && isLine(series, end));
  const tops = line === undefined ? [rise, rise + 1] : [line];
  const ends = rise > 0 ? tops : [];
  const kinks = cutsOf(series)
    .filter((index) => index > rise + 1)
    .slice(0, 1);
  return [...new Set([...ends, ...atJump, ...kinks])].filter(
    (index) => index > 0 && index < series.steps.length,
  );
}

/** The line through the first and the last point of the warmup. */
function leadOf({ steps, lrs }: Series, index: number, length: number, delays: boolean): Lead {
  const [s0 = 0, s1 = 0, y0 = 0, y1 = 0] = [steps[0], steps[index - 1], lrs[0], lrs[index - 1]];
  const slope = s1 > s0 ? (y1 - y0) / (s1 - s0) : ((lrs[index] ?? 0) - y0) / Math.max(1, length - s0);
  const short = (value: number) => Number(value.toPrecision(12));
  const from = short(y0 - slope * s0);
  return { steps: length, from: Math.abs(from) < 1e-12 ? 0 : from, to: short(from + slope * length), delays };
}

function inFront(series: Series, then: Fit, lead: Lead): Fit[] {
  const { spec } = then;
  // What leads up to the curve from below 0 belongs to no schedule.
  const ours = isExact(then) && isNative(spec) ? ownWarmups(series, spec, lead) : [];
  const theirs = lead.from < 0 ? [] : (then.led?.(lead) ?? []);
  return [...ours, ...theirs].map((schedule) => judge(schedule, series));
}

function ownWarmups(series: Series, then: ScheduleSpec, { steps, delays }: Lead): DeclaredSchedule[] {
  const [first = 0, at = 0] = [series.lrs[0], series.steps[0]];
  const [group] = groupsOf(then);
  if (!group) return [];
  const target = lrAt(group, delays ? 0 : at);
  if (!(target > 0) || (then.kind === "constant" && same(series, first, target))) return [];
  const merged = then.kind === "wsd" && delays && at === 0 && same(series, first, then.floor);
  return [
    ...(merged ? wholeWsd(then, steps) : []),
    ...SHAPES.flatMap((shape): ScheduleSpec[] => {
      const start_factor = startOf(shape, first / target, at / steps, series.allowed(first, first) / target);
      if (start_factor === null) return [];
      return [{ kind: "warmup", shape, steps, start_factor, then, ...(delays ? {} : { overlap: true }) }];
    }),
  ];
}

/** A warmup that starts at the floor belongs to warmup-stable-decay itself. */
const wholeWsd = (then: WsdSpec, warmup: number): ScheduleSpec[] =>
  (["linear", "cosine", "1-sqrt"] as const).map((warmup_shape) => ({
    ...then,
    warmup,
    ...(warmup_shape === "linear" ? {} : { warmup_shape }),
  }));

/** The start factor that the first point shows, in as few digits as it allows; null: none. */
function startOf(shape: WarmupShape, factor: number, progress: number, allowed: number): number | null {
  // Of all but the exponential the factor is start + (1 − start)·q.
  const q = shape === "exponential" ? 0 : warmupFactor(shape, 1, 0, progress);
  const start = shape === "exponential" ? factor ** (1 / (1 - progress)) : (factor - q) / (1 - q);
  // A start of 0 that was logged a little lower, once rounded, is 0.
  const within = allowed / (1 - q);
  if (!(start >= -Math.max(1e-9, within) && start < 1e3) || (shape === "exponential" && start <= 0))
    return null;
  if (start <= within && shape === "linear") return 0;
  const rounds = [0, ...Array.from({ length: 12 }, (_, digits) => Number(start.toPrecision(digits + 1)))];
  return rounds.find((round) => Math.abs(round - start) <= ROUND_ENOUGH * allowed) ?? Math.max(0, start);
}
