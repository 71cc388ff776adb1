import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { chained } from "./chained";
import type { Led } from "./candidate";
import type { Model } from "./model";
import { cosineIn } from "./phase";
import type { Series } from "./series";

/** A cosine that goes on past its lowest point: torch's after T_max, transformers' with other than half a cycle. */
export function swingModels(series: Series): Model[] {
  const { steps, lrs } = series;
  const low = lrs.reduce((best, lr, i) => (lr < (lrs[best] ?? 0) ? i : best), 0);
  const first = lrs.findIndex((lr, i) => i > 0 && lr < (lrs[i + 1] ?? 0) && lr <= (lrs[i - 1] ?? 0));
  // In a log from the middle the lowest point is not the first.
  const swung = steps[0] === 0 ? null : cosineIn(series);
  const lengths = new Set([steps[first] ?? 0, steps[low] ?? 0, Math.round(swung?.half ?? 0)]);
  const last = steps.at(-1) ?? 0;
  const halves = [...lengths].filter((half) => half >= 1);
  return [
    ...halves.map((half) => swing(half, last)),
    // Behind a warmup beside it, what comes after the lowest point is another curve.
    ...(low > 2 ? halves.map((half) => ({ ...swing(half, last), until: low + 1 })) : []),
    ...halves.flatMap((half) => [1, half / 2, half * 2].map((late) => resumed(half + late, late))),
  ];
}

function swing(half: number, last: number): Model {
  return {
    theta: [half],
    whole: [0],
    parts: (t, [length = 0]) => {
      const left = 0.5 * (1 + Math.cos((Math.PI * t) / length));
      return [left, 1 - left];
    },
    known: [null, null],
    make: ([peak = 0, floor = 0], [length = 0]) => {
      if (!(peak > 0 && length > 0)) return null;
      const bottom = floored(floor);
      return Number.isInteger(length)
        ? inTorch(peak, bottom, length)
        : inTransformers(peak, bottom, length, last, 0);
    },
    led: ([peak = 0, floor = 0], [length = 0]) => behind(peak, floored(floor), length, last),
  };
}

/** The same from the middle of it, as a log that begins after a resume shows it. θ: half a period, steps made before. */
function resumed(half: number, late: number): Model {
  return {
    theta: [half, late],
    whole: [1, 0],
    parts: (t, [length = 0, before = 0]) => {
      const left = 0.5 * (1 + Math.cos((Math.PI * (t + before)) / length));
      return [left, 1 - left];
    },
    known: [null, null],
    make: ([peak = 0, low = 0], [length = 0, before = 0]) => {
      const floor = floored(low);
      if (!(peak > 0 && Number.isInteger(length) && Number.isInteger(before) && before >= 1)) return null;
      const { kwargs, ...rest } = inTorch(peak, floor, length);
      const group = floor + 0.5 * (peak - floor) * (1 + Math.cos((Math.PI * before) / length));
      const resume = { initial_lr: [peak], group_lr: [group] };
      return { ...rest, kwargs: { ...kwargs, last_epoch: before - 1 }, resume };
    },
  };
}

const floored = (floor: number) => (floor > 1e-12 ? floor : 0);

function inTorch(peak: number, eta_min: number, T_max: number): LibrarySchedule {
  return {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.CosineAnnealingLR",
    kwargs: { T_max, ...(eta_min > 0 ? { eta_min } : {}) },
    base_lrs: [peak],
  };
}

/** However long the log is, so many lengths are tried. */
const MOST_LENGTHS = 2000;

/** Half a period of `half` steps as cycles of a length: of those near the log's end the one that gives a round number. */
function inTransformers(
  peak: number,
  min_lr: number,
  half: number,
  last: number,
  warmup: number,
): LibrarySchedule {
  let [steps, cycles, digits] = [last + 1, (last + 1) / (2 * half), Infinity];
  const shortest = Math.max(last * 0.8, last - MOST_LENGTHS);
  for (let length = last + 1; length > shortest && digits > 1; length -= 1) {
    const exact = length / (2 * half);
    const short = String(Number(exact.toPrecision(8))).length;
    if (short < digits) [steps, cycles, digits] = [length, Number(exact.toPrecision(8)), short];
  }
  const own = { num_cycles: digits < 8 ? cycles : steps / (2 * half), ...(min_lr > 0 ? { min_lr } : {}) };
  return {
    library: "transformers",
    constructor: "transformers.get_scheduler",
    kwargs: {
      name: min_lr > 0 ? "cosine_with_min_lr" : "cosine",
      num_warmup_steps: warmup,
      num_training_steps: warmup + steps,
      scheduler_specific_kwargs: own,
    },
    base_lrs: [peak],
  };
}

function behind(peak: number, floor: number, half: number, last: number): Led {
  return (lead) => {
    const { steps, from, to, delays } = lead;
    if (!delays) return Number.isInteger(half) ? chained({ peak, floor, length: half }, lead) : [];
    const found: DeclaredSchedule[] = [inTransformers(peak, floor, half, last, steps)];
    const reached = peak / (to - from);
    const cut = { start_factor: from / peak, total_iters: Math.round((steps * (peak - from)) / (to - from)) };
    if (Number.isInteger(half) && from > 0 && to > from && Number.isFinite(reached)) {
      const schedulers = [
        { constructor: "torch.optim.lr_scheduler.LinearLR", kwargs: cut },
        {
          constructor: "torch.optim.lr_scheduler.CosineAnnealingLR",
          kwargs: { T_max: half, eta_min: floor },
        },
      ];
      found.unshift({
        library: "torch",
        constructor: "torch.optim.lr_scheduler.SequentialLR",
        kwargs: { schedulers, milestones: [steps] },
        base_lrs: [peak],
      });
    }
    return found;
  };
}
