import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { WarmupShape } from "@/lib/domain/schedules/warmup";
import { type Candidate, type Fit, judge, polish, ranked } from "./candidate";
import { jumpsUp } from "./periodic";
import { same, type Series, tailOf } from "./series";

const SHAPES: readonly WarmupShape[] = ["linear", "constant", "cosine", "exponential"];
const MOST_LENGTHS = 12;

/** A warmup in front of whatever explains the rest of the log. @param rise index of the point where the rise ends */
export function withWarmup(series: Series, mainFits: (tail: Series) => Fit[], rise: number): Fit[] {
  const fits: Fit[] = [];
  for (const index of endsOf(series, rise)) {
    for (const length of lengthsAt(series, index)) {
      const tail = tailOf(series, index, length);
      if (tail.steps.length < 3) continue;
      for (const overlap of [false, true]) {
        const then = bestOf(mainFits(overlap ? tailOf(series, index, 0) : tail));
        if (then) fits.push(...inFront(series, then, length, overlap));
        if (fits.some((fit) => fit.misfit <= 1)) return fits;
      }
    }
  }
  return fits;
}

/** Where the warmup may end: at the top of the rise, a point after it, or at the first jump up (a constant warmup). */
function endsOf(series: Series, rise: number): number[] {
  const [jump] = jumpsUp(series);
  const atJump = jump === undefined ? [] : [series.steps.indexOf(jump)];
  const ends = rise > 0 ? [rise, rise + 1] : [];
  return [...new Set([...ends, ...atJump])].filter((index) => index > 0 && index < series.steps.length);
}

/** Whole steps between the point before and this one. */
function lengthsAt({ steps }: Series, index: number): number[] {
  const [before = 0, at = 0] = [steps[index - 1], steps[index]];
  const all = Array.from({ length: Math.max(1, Math.min(MOST_LENGTHS, at - before)) }, (_, i) => at - i);
  return all;
}

/** What explains the rest as well as its rounding allows; else there is nothing to put a warmup in front of. */
function bestOf(fits: readonly Fit[]): ScheduleSpec | null {
  const [best] = ranked(fits);
  return best && best.misfit <= 1 ? best.spec : null;
}

function inFront(series: Series, then: ScheduleSpec, steps: number, overlap: boolean): Fit[] {
  const { lrs } = series;
  const [group] = groupsOf(then);
  const target = group ? lrAt(group, 0) : 0;
  const start = Math.min(0.999, Math.max(0, (lrs[0] ?? 0) / target));
  if (then.kind === "constant" && same(series, lrs[0] ?? 0, target)) return [];
  const shapes = SHAPES.flatMap((shape): Candidate[] => {
    if (shape === "exponential" && start === 0) return [];
    return [
      {
        start: [start],
        make: ([start_factor = 0]) =>
          start_factor >= -1e-12
            ? {
                kind: "warmup",
                shape,
                steps,
                start_factor: Math.max(0, start_factor),
                then,
                ...(overlap ? { overlap } : {}),
              }
            : null,
      },
    ];
  });
  return shapes.flatMap((candidate) => {
    const spec = candidate.make(candidate.start);
    const asRead = spec ? judge(spec, series) : null;
    const fit = asRead && asRead.misfit <= 1 ? asRead : polish(candidate, series);
    return fit ? [fit] : [];
  });
}
