import type { WsdSpec } from "@/lib/domain/schedules/wsd";
import { at } from "./at";
import type { Model } from "./model";
import { cosineIn } from "./phase";
import { isMonotone, restFrom, same, type Series } from "./series";

const SHAPES: Readonly<Record<Exclude<WsdSpec["shape"], "exponential">, (u: number) => number>> = {
  linear: (u) => 1 - u,
  cosine: (u) => 0.5 * (1 + Math.cos(Math.PI * u)),
  "1-sqrt": (u) => 1 - Math.sqrt(Math.max(0, u)),
  sqrt: (u) => Math.sqrt(Math.max(0, 1 - u)),
  square: (u) => 1 - u * u,
};
const NAMES = ["linear", "cosine", "1-sqrt", "sqrt", "square"] as const;

/** A constant stretch, then a decay of any shape: warmup-stable-decay from the end of its warmup on. */
export function stableThenDecay(series: Series): Model[] {
  const { steps, lrs } = series;
  const [peak = 0, last = 0] = [lrs[0], lrs.at(-1)];
  const rest = restFrom(series);
  const ended = rest < lrs.length;
  const moved = lrs.findIndex((lr) => !same(series, lr, peak));
  if (moved < 1 || last >= peak || !isMonotone(series)) return [];
  const stable = steps[moved - 1] ?? 0;
  const decay = (steps[ended ? rest : lrs.length - 1] ?? 0) - stable;
  // Before the end the floor does not show: 0 is the likeliest.
  const floors = ended ? [last] : [0, null];
  const fitted = NAMES.flatMap((shape) =>
    floors.flatMap((floor) =>
      [decay, decay * 1.3].map((length) => decaying({ shape, stable, decay: length, peak, floor, moved })),
    ),
  );
  return ended ? [...fitted, exponential({ peak, floor: last, stable, decay })] : fitted;
}

/** Half a cosine that began before the log does, after a warmup or a constant stretch that the log does not show. */
export function begunCosine(series: Series): Model[] {
  const cosine = isMonotone(series) && at(series.steps, 0) > 0 ? cosineIn(series) : null;
  if (!cosine || !(cosine.highest >= 1) || !(cosine.half > 1)) return [];
  const [stable, decay] = [cosine.highest, cosine.half];
  return [decaying({ shape: "cosine", stable, decay, peak: null, floor: null, moved: 0 })];
}

interface Decaying {
  shape: (typeof NAMES)[number];
  /** Null: to be found. */
  peak: number | null;
  floor: number | null;
  stable: number;
  decay: number;
  /** Index of the first point off the peak. */
  moved: number;
}

/** θ: how long it decays, and from when on. */
function decaying({ shape, peak, floor, stable, decay }: Decaying): Model {
  const at = SHAPES[shape];
  return {
    theta: [decay, stable],
    whole: [1, 0],
    parts: (t, [length = 0, from = 0]) => {
      if (!(length > 0)) return [Number.NaN, Number.NaN];
      const left = t >= from + length ? 0 : t <= from ? 1 : at((t - from) / length);
      return [left, 1 - left];
    },
    known: [peak, floor],
    make: ([top = 0, bottom = 0], [length = 0, from = 0]) =>
      Number.isInteger(length) && Number.isInteger(from) && from >= 0 && bottom >= -1e-12
        ? {
            kind: "wsd",
            peak: top,
            warmup: 0,
            floor: Math.max(0, bottom),
            stable: from,
            decay: length,
            shape,
          }
        : null,
  };
}

/** Nothing to fit: every number shows in the log. */
function exponential({ peak, floor, stable, decay }: Omit<WsdSpec, "kind" | "shape" | "warmup">): Model {
  const rate = Math.log(floor / peak);
  return {
    theta: [],
    parts: (t) => [t <= stable ? 1 : Math.exp((rate * Math.min(decay, t - stable)) / decay)],
    known: [peak],
    make: () => ({ kind: "wsd", peak, warmup: 0, floor, stable, decay, shape: "exponential" }),
  };
}
