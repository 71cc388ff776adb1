import { nice } from "@/lib/domain/audit/explain-simple";
import type { OneCycleSpec } from "@/lib/domain/schedules/one-cycle";
import { at } from "./at";
import type { Model } from "./model";
import { restartModels, sawtoothModels } from "./restarts";
import { isMonotone, restFrom, riseEnd, same, type Series } from "./series";
import { swingModels } from "./swings";

/** Families that rise and fall; nothing for a log that moves one way only. */
export function periodicModels(series: Series): Model[] {
  if (isMonotone(series)) return [];
  return [
    ...triangles(series),
    ...restartModels(series),
    ...swingModels(series),
    ...oneCycles(series),
    ...sawtoothModels(series),
  ];
}

const STRATEGIES = ["cos", "linear"] as const;

/** Up and down once, in torch's phases. */
function oneCycles(series: Series): Model[] {
  const { steps, lrs } = series;
  const top = riseEnd(series);
  const up = steps[top] ?? 0;
  if (up <= 0 || top === lrs.length - 1) return [];
  const rest = restFrom(series);
  const end = steps[rest < lrs.length ? rest : lrs.length - 1] ?? 0;
  const usual = STRATEGIES.map((strategy) =>
    usualOneCycle(oneCycle([(up + 1) / (end + 1), end + 1], strategy, false)),
  );
  const others = STRATEGIES.flatMap((strategy) => [
    oneCycle([(up + 1) / (end + 1), end + 1], strategy, false),
    oneCycle([(up + 1) / (end + 1), end + 1], strategy, true),
  ]);
  return [...usual, ...others];
}

const DIV_FACTOR = 25;
const FINAL_DIV_FACTOR = 1e4;

/** With torch's own factors, which a rounded log hardly shows. */
function usualOneCycle(model: Model): Model {
  const initial = 1 / DIV_FACTOR;
  return {
    ...model,
    known: [null],
    parts: (t, theta) => {
      const [a = 0, b = 0, c = 0] = model.parts(t, theta);
      return [a * initial + b + (c * initial) / FINAL_DIV_FACTOR];
    },
    make: ([max = 0], theta) => model.make([max * initial, max, (max * initial) / FINAL_DIV_FACTOR], theta),
  };
}

/** A log that ends above where it began, just past its peak, shows a fall under way rather than its end. */
const MOST_RISING = 0.7;

/** θ: pct_start, total_steps. Coefficients: the initial, the highest and the last LR. */
function oneCycle(theta: number[], strategy: "cos" | "linear", threePhase: boolean): Model {
  return {
    theta,
    whole: [1],
    parts: (t, [pct = 0, total = 0]) => {
      const up = pct * total - 1;
      const middle = threePhase ? 2 * up : up;
      const end = total - 1;
      if (!(up > 0 && end > middle)) return [Number.NaN, Number.NaN, Number.NaN];
      const left = (from: number, to: number) => share(strategy, (Math.min(t, end) - from) / (to - from));
      if (t <= up) return [left(0, up), 1 - left(0, up), 0];
      if (t <= middle) return [1 - left(up, middle), left(up, middle), 0];
      const last = left(middle, end);
      return threePhase ? [last, 0, 1 - last] : [0, last, 1 - last];
    },
    known: [null, null, null],
    make: ([initial = 0, max_lr = 0, min = 0], [pct_start = 0, total_steps = 0]): OneCycleSpec | null =>
      initial > 0 && max_lr > 0 && min > 0 && pct_start < (min <= initial ? 1 : MOST_RISING)
        ? {
            kind: "one_cycle",
            max_lr,
            total_steps,
            pct_start,
            div_factor: nice(max_lr / initial, 1e-9),
            final_div_factor: nice(initial / min, 1e-7),
            anneal_strategy: strategy,
            ...(threePhase ? { three_phase: true } : {}),
          }
        : null,
  };
}

const share = (strategy: "cos" | "linear", u: number) =>
  strategy === "cos" ? 0.5 * (1 + Math.cos(Math.PI * u)) : 1 - u;

const MODES = ["triangular", "triangular2", "exp_range"] as const;

/** Triangles that come again, of a log that begins with one or in the middle of one. */
function triangles(series: Series): Model[] {
  const { lrs } = series;
  const turns = [turnAfter(series, 0)];
  while (turns.length < 3) turns.push(turnAfter(series, at(turns, -1)));
  const [first, second, third] = turns
    .filter((turn) => turn < lrs.length - 1)
    .map((turn) => cornerAt(series, turn));
  if (first === undefined) return [];
  const one = second === undefined ? first : second - first;
  const other = third === undefined || second === undefined ? one : third - second;
  const isRising = at(lrs, at(turns, 0)) > at(lrs, 0);
  const sides = isRising
    ? [
        [first, one],
        [other, one],
      ]
    : [[one, other]];
  return sides.flatMap(([up = 0, down = 0]) => {
    const lowest = isRising ? first - up : first;
    return up > 0 && down > 0 && lowest % (up + down) === 0
      ? MODES.map((mode) => triangle(up, down, mode))
      : [];
  });
}

/** Index of the point after i at which the log turns, or of its last. */
function turnAfter(series: Series, i: number): number {
  const { lrs } = series;
  const way = (k: number) =>
    same(series, at(lrs, k + 1), at(lrs, k)) ? 0 : Math.sign(at(lrs, k + 1) - at(lrs, k));
  let [turn, first] = [i, 0];
  for (; turn < lrs.length - 1; turn += 1) {
    const now = way(turn);
    if (first !== 0 && now === -first) break;
    first = first || now;
  }
  return turn;
}

/** The step at which the lines before and after point i meet: a log of every tenth step does not show the corner. */
function cornerAt(series: Series, i: number): number {
  const { steps, lrs } = series;
  const step = steps[i] ?? 0;
  const line = (k: number) => {
    const [s0 = 0, s1 = 0, y0 = 0, y1 = 0] = [steps[k], steps[k + 1], lrs[k], lrs[k + 1]];
    const slope = (y1 - y0) / (s1 - s0);
    return { slope, base: y0 - slope * s0 };
  };
  const before = line(i - 2);
  // The corner lies behind a point that is still on the line before it.
  const after = line(same(series, before.base + before.slope * step, lrs[i] ?? 0) ? i + 1 : i);
  const meet = Math.round((after.base - before.base) / (before.slope - after.slope));
  return meet >= (steps[i - 1] ?? 0) && meet <= (steps[i + 1] ?? 0) ? meet : step;
}

function triangle(up: number, down: number, mode: (typeof MODES)[number]): Model {
  const total = up + down;
  return {
    theta: mode === "exp_range" ? [0.999] : [],
    parts: (t, [gamma = 1]) => {
      const cycle = Math.floor(t / total);
      const into = t - cycle * total;
      const height = into <= up ? into / up : (total - into) / down;
      const high = height * (mode === "triangular2" ? 2 ** -cycle : gamma ** t);
      return [1 - high, high];
    },
    known: [null, null],
    make: ([base_lr = 0, max_lr = 0], [gamma = 1]) =>
      base_lr >= 0 && max_lr > 0 && gamma > 0
        ? {
            kind: "cyclic",
            base_lr,
            max_lr,
            step_size_up: up,
            ...(down === up ? {} : { step_size_down: down }),
            mode,
            ...(mode === "exp_range" ? { gamma } : {}),
          }
        : null,
  };
}
