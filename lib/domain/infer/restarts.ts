import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { at } from "./at";
import type { Model } from "./model";
import { jumpsUp, restFrom, type Series } from "./series";
import { CYCLIC_SHAPES, type Cycles, inTimm, type Shape, type Span } from "./shapes";

/** The cycles that a log shows: where each begins, counted from the first that shows. */
interface Shown {
  /** Length of the first cycle, and how much longer each is than the one before. */
  first: number;
  mult: number;
  /** Cycles so short that they do not show, before the first jump. */
  hidden: number;
  jumps: readonly number[];
  /** The step at which the LR came to rest; Infinity while it has not. */
  end: number;
}

/** A fall that begins again and again. The jumps give the cycles, as near as whole steps can. */
export function restartModels(series: Series): Model[] {
  return cyclesIn(series).flatMap((shown) => [
    ...CYCLIC_SHAPES.flatMap((shape) =>
      shape.starts.flatMap((own) => [false, true].map((decays) => cycling(shape, own, shown, decays))),
    ),
    inKeras(shown),
  ]);
}

function cyclesIn(series: Series): Shown[] {
  const { steps } = series;
  const jumps = jumpsUp(series);
  const [first, second] = jumps;
  if (first === undefined) return [];
  const rest = restFrom(series);
  const end = rest < steps.length ? (steps[rest] ?? Infinity) : Infinity;
  const base = { jumps, end, hidden: 0 };
  // One jump says how long the first cycle is, not the second.
  if (second === undefined)
    return [...(end < Infinity ? [(end - first) / first] : []), 1, 2].map((mult) => ({
      ...base,
      first,
      mult,
    }));
  const before = jumps.map((jump) => at(steps, steps.indexOf(jump) - 1));
  const grown = growthOf(jumps, before, at(steps, 0) === 0 ? 0 : MOST_BEFORE);
  const isWhole = grown !== null && Number.isInteger(grown.first);
  return [...(grown ? [{ ...base, ...grown }] : []), ...(isWhole ? [] : hiddenCycles(base))];
}

const WHOLE_GROWTHS = [1, 2, 3, 4];
const GROWTHS = Array.from({ length: 400 }, (_, i) => (i + 30) / 100);
/** Whole cycles that may lie before a log that begins in the middle. */
const MOST_BEFORE = 20;

type Growth = Pick<Shown, "first" | "mult" | "hidden">;

/**
 * The growth under which each cycle begins after the point before its jump and by the jump, and the first cycle's length:
 * the first whole growth, with the fewest cycles before the log, else the middle of those that do. Null: none does.
 */
function growthOf(jumps: readonly number[], before: readonly number[], mostHidden: number): Growth | null {
  const grown = (mult: number, hidden: number): Growth[] => {
    const cycles = jumps.map((_, i) => cyclesUntil(i + 1 + hidden, mult));
    const low = Math.max(...cycles.map((count, i) => at(before, i) / count));
    const high = Math.min(...cycles.map((count, i) => at(jumps, i) / count));
    return low < high * (1 + ROUNDING) ? [{ mult, hidden, first: lengthBetween(low, high) }] : [];
  };
  for (let hidden = 0; hidden <= mostHidden; hidden += 1) {
    const [whole] = WHOLE_GROWTHS.flatMap((mult) => grown(mult, hidden));
    if (whole) return whole;
  }
  const near = GROWTHS.flatMap((mult) => grown(mult, 0));
  return near[Math.floor(near.length / 2)] ?? null;
}

/** How long so many cycles are, in first ones. */
const cyclesUntil = (count: number, mult: number): number =>
  mult === 1 ? count : (mult ** count - 1) / (mult - 1);

/** A cycle that begins at a whole step begins a step later where the library divides doubles. */
const ROUNDING = 1e-12;

/** A whole length where there is one, the longest; else the middle. */
const lengthBetween = (low: number, high: number): number =>
  Math.floor(high) > low ? Math.floor(high) : (low + high) / 2;

/** Cycles of a step or two do not show: those that do tell how many there were before. */
function hiddenCycles(base: Pick<Shown, "jumps" | "end">): Shown[] {
  const [first = 0, second = 0, third] = base.jumps;
  const spacing = second - first;
  const mult = third === undefined ? 2 : Math.round((third - second) / spacing);
  if (mult < 2) return [];
  const shortest = spacing - first * (mult - 1);
  const hidden = Math.round(Math.log(spacing / shortest) / Math.log(mult)) - 1;
  return shortest >= 1 && hidden > 0 ? [{ ...base, first: shortest, mult, hidden }] : [];
}

/** θ: the first cycle's length, its growth unless that is whole, the decay of the peaks, the shape's own. */
interface Parameters {
  length: number;
  mult: number;
  gamma: number;
  own: readonly number[];
}

function reader({ mult }: Shown, decays: boolean): (theta: readonly number[]) => Parameters {
  const grows = Number.isInteger(mult) ? 0 : 1;
  return (theta) => ({
    length: theta[0] ?? Number.NaN,
    mult: grows ? (theta[1] ?? Number.NaN) : mult,
    gamma: decays ? (theta[1 + grows] ?? Number.NaN) : 1,
    own: theta.slice(1 + grows + (decays ? 1 : 0)),
  });
}

const thetaOf = ({ first, mult }: Shown, decays: boolean, own: readonly number[]) => [
  first,
  ...(Number.isInteger(mult) ? [] : [mult]),
  ...(decays ? [0.7] : []),
  ...own,
];

/** Index of the cycle, as the jumps say, and how far into it. */
function place({ jumps, hidden }: Shown, t: number, { length, mult }: Parameters): [number, number] {
  let index = jumps.findIndex((jump) => t < jump);
  index = index === -1 ? jumps.length + hidden : index === 0 ? 0 : index + hidden;
  const begins = (i: number) => length * cyclesUntil(i, mult);
  if (index === 0) while (index < hidden && begins(index + 1) <= t) index += 1;
  return [index, (t - begins(index)) / (length * mult ** index)];
}

function cycling(shape: Shape, own: readonly number[], shown: Shown, decays: boolean): Model {
  const read = reader(shown, decays);
  const limit = shown.jumps.length + shown.hidden + 1;
  const cyclesOf = ({ mult, gamma }: Parameters): Cycles => ({ mult, gamma, limit });
  const spanOf = ([peak = 0, floor = 0]: readonly number[], { length }: Parameters): Span => ({
    peak,
    floor: Math.abs(floor) < 1e-12 ? 0 : floor,
    length,
  });
  return {
    theta: thetaOf(shown, decays, own),
    startsLate: shape.cutAt !== undefined,
    whole: [0],
    parts: (t, theta) => {
      const parameters = read(theta);
      if (!(parameters.length > 0)) return [Number.NaN, Number.NaN];
      const [index, u] = place(shown, t, parameters);
      const left = t >= shown.end ? 0 : shape.at(u, parameters.own);
      return [parameters.gamma ** index * left, 1 - left];
    },
    known: [null, null],
    make: (coefficients, theta) => {
      const parameters = read(theta);
      const span = spanOf(coefficients, parameters);
      const native = shape.starts[0]?.length === 0 ? inOurWords(span, cyclesOf(parameters), shown.end) : null;
      return native ?? inTimm(shape, span, parameters.own, cyclesOf(parameters));
    },
    led: (coefficients, theta) => (lead) => {
      const parameters = read(theta);
      const timm = inTimm(
        shape,
        spanOf(coefficients, parameters),
        parameters.own,
        cyclesOf(parameters),
        lead,
      );
      return timm ? [timm] : [];
    },
  };
}

/** Cosines; null where the cycles become shorter. */
function inOurWords(
  { peak, floor, length }: Span,
  { mult, gamma }: Cycles,
  end: number,
): DeclaredSchedule | null {
  if (!(peak > 0 && floor >= 0 && mult >= 1)) return null;
  const decay = gamma === 1 ? {} : { gamma };
  const spec = { kind: "cosine_restarts" as const, peak, floor, T_0: length, T_mult: mult, ...decay };
  if (end === Infinity) return spec;
  const parts = [
    { spec, steps: end },
    { spec: { kind: "constant" as const, value: floor }, steps: 1 },
  ];
  return { kind: "sequence", parts };
}

/** Keras lets the cosine decay, not the floor below it. */
function inKeras(shown: Shown): Model {
  const read = reader(shown, true);
  return {
    theta: thetaOf(shown, true, []),
    whole: [0],
    parts: (t, theta) => {
      const parameters = read(theta);
      const [index, u] = place(shown, t, parameters);
      return [parameters.gamma ** index * 0.5 * (1 + Math.cos(Math.PI * u)), 1];
    },
    known: [null, null],
    make: ([height = 0, floor = 0], theta) => {
      const { length, mult, gamma } = read(theta);
      if (!(height > 0 && floor > 0 && length > 0)) return null;
      const initial_learning_rate = Number((height + floor).toPrecision(12));
      return {
        library: "keras",
        constructor: "keras.optimizers.schedules.CosineDecayRestarts",
        kwargs: {
          initial_learning_rate,
          first_decay_steps: length,
          t_mul: mult,
          m_mul: gamma,
          alpha: Number((floor / initial_learning_rate).toPrecision(12)),
        },
      };
    },
  };
}

/** Keras' PolynomialDecay with cycle=True: each cycle runs from the start to its own end, k times the first. */
export function sawtoothModels(series: Series): Model[] {
  const [jump] = jumpsUp(series);
  if (jump === undefined || jump < 2) return [];
  const length = jump - 1;
  return [1, 0.5, 2].map((power) => ({
    theta: [power],
    parts: (t, [p = 1]) => {
      const left = (1 - t / (length * Math.max(1, Math.ceil(t / length)))) ** p;
      return [left, 1 - left];
    },
    known: [null, null],
    make: ([initial_learning_rate = 0, end_learning_rate = 0], [p = 1]) =>
      initial_learning_rate > 0 && end_learning_rate >= 0 && p > 0
        ? {
            library: "keras",
            constructor: "keras.optimizers.schedules.PolynomialDecay",
            kwargs: { initial_learning_rate, decay_steps: length, end_learning_rate, power: p, cycle: true },
          }
        : null,
  }));
}
