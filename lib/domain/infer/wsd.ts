import type { WsdSpec } from "@/lib/domain/schedules/wsd";
import type { Candidate } from "./candidate";
import { isMonotone, restFrom, same, type Series } from "./series";

const SHAPES: readonly WsdSpec["shape"][] = ["linear", "cosine", "1-sqrt", "sqrt", "square", "exponential"];

/** A constant stretch, then a decay of any shape: warmup-stable-decay from the end of its warmup on. */
export function stableThenDecay(series: Series): Candidate[] {
  const { steps, lrs } = series;
  const [peak = 0, last = 0] = [lrs[0], lrs.at(-1)];
  const rest = restFrom(series);
  const ended = rest < lrs.length;
  const stable = steps[stableUntil(series)] ?? 0;
  const decay = (steps[ended ? rest : lrs.length - 1] ?? 0) - stable;
  if (!isMonotone(series) || decay <= 0 || last >= peak) return [];
  const base = { kind: "wsd" as const, peak, warmup: 0 };
  // Before the end the floor does not show: 0 is the likeliest.
  const floors = ended ? [last] : [0, null];
  const exact = SHAPES.map((shape) => asRead({ ...base, floor: last, stable, decay, shape }));
  const fitted = SHAPES.flatMap((shape) =>
    floors.flatMap((floor) =>
      [decay, decay * 1.2].map((length): Candidate => {
        return {
          start: floor === null ? [length, stable, last] : [length, stable],
          make: ([d = 0, s = 0, bottom = floor ?? 0]) =>
            d > 0 && s >= 0 && bottom >= -1e-12
              ? { ...base, floor: Math.max(0, bottom), stable: s, decay: d, shape }
              : null,
          whole: [1, 0],
          strict: true,
        };
      }),
    ),
  );
  return ended ? [...exact, ...fitted] : fitted;
}

/** Nothing to fit: every parameter shows in the log. */
const asRead = (spec: WsdSpec): Candidate => ({ start: [], make: () => spec });

/** Index of the last point at the first one's LR. */
function stableUntil(series: Series): number {
  const { lrs } = series;
  const moved = lrs.findIndex((lr) => !same(series, lr, lrs[0] ?? 0));
  return moved === -1 ? lrs.length - 1 : moved - 1;
}
