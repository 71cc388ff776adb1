import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { Lead } from "./candidate";
import { chained } from "./chained";
import type { Model } from "./model";
import { digitsOf } from "./roundness";
import { isMonotone, restFrom, type Series } from "./series";
import { inTimm, ONCE, type Shape, SHAPES, type Span } from "./shapes";
import { growthModels } from "./unbounded";

/** Of the peak. */
const NEAR_ZERO = 1e-5;

const positive = (value: number) => value > 0 && Number.isFinite(value);

/** A log that moves one way, by the simplest family first. */
export function fallingModels(series: Series, shapes: readonly Shape[] = SHAPES): Model[] {
  if (!isMonotone(series)) return [];
  const { steps, lrs } = series;
  const rest = restFrom(series);
  const last = steps.at(-1) ?? 0;
  if (rest < lrs.length) {
    // Where it came to rest its floor is known, and its end nearly.
    const [end = 0, floor = 0] = [steps[rest], lrs.at(-1)];
    const [before, isSeen] = [(steps[rest - 1] ?? 0) + 1, steps[rest - 1] === end - 1];
    // Between two points a cut is nowhere: only the usual parameters tell how long it took.
    const shown = shapes.filter(({ cutAt }) => isSeen || cutAt === undefined);
    const cut = isSeen ? [] : shapes.flatMap((shape) => (shape.cutAt ? [usual(shape, shape.cutAt)] : []));
    const fixed = [
      ...shown.flatMap((shape) => spans(shape, { length: end, fixed: true, floor })),
      ...cut.flatMap((shape) =>
        [before, end].flatMap((length) => spans(shape, { length, fixed: false, floor })),
      ),
    ];
    const free = shown.flatMap((shape) => spans(shape, { length: end + 1, fixed: false, floor }));
    // A power that only approaches 0 seems to rest before it does.
    const nearly = shapes.flatMap((shape) => spans(shape, { length: last + 1, fixed: false, floor: 0 }));
    return [
      ...growthModels(series, rest),
      ...fixed,
      ...free,
      ...(floor < NEAR_ZERO * series.peak ? nearly : []),
    ];
  }
  const open = shapes.flatMap((shape) => openEnded(shape, series));
  const line = positive(last) ? [straight(series)] : [];
  const grown = growthModels(series, lrs.length);
  return endsRound(series) ? [...grown, ...line, ...open] : [...grown, ...open, ...line];
}

/** Under way still: neither its end nor, unless it is 0, its floor shows. */
function openEnded(shape: Shape, { steps }: Series): Model[] {
  const last = steps.at(-1) ?? 0;
  // A line tells nothing of its end but where it meets 0.
  const isLine = shape.native?.({ peak: 1, floor: 0, length: 1 }, []).kind === "linear";
  const lengths = [last + 1, last * 1.5].filter(positive);
  return lengths.flatMap((length) => [
    ...spans(shape, { length, fixed: false, floor: 0 }),
    ...(isLine ? [] : spans(shape, { length, fixed: false, floor: null })),
  ]);
}

const ROUND = 2;

/** Whether a line from a round LR at step 0 has come to a round LR: rather there than at 0 after an odd number of steps. */
function endsRound({ steps, lrs }: Series): boolean {
  const [first = 0, low = 0, last = 0] = [lrs[0], lrs.at(-1), steps.at(-1)];
  const zero = (last * first) / (first - low);
  const isRound = steps[0] === 0 && low > 0 && [first, low].every((lr) => digitsOf(lr) <= ROUND);
  return isRound && digitsOf(zero) > digitsOf(last) + ROUND;
}

/** The line from the first LR to the last. */
function straight({ steps }: Series): Model {
  const last = steps.at(-1) ?? 1;
  return {
    theta: [],
    parts: (t) => [1 - t / last, t / last],
    known: [null, null],
    make: ([from = 0, to = 0]) => (from >= 0 && to >= 0 ? { kind: "linear", from, to, steps: last } : null),
  };
}

/** @param length where its end is looked for, or, if `fixed`, where it is; `floor` null: to be found */
function spans(
  shape: Shape,
  { length, fixed, floor }: { length: number; fixed: boolean; floor: number | null },
): Model[] {
  if (!positive(length)) return [];
  const lengthOf = (theta: readonly number[]) => (fixed ? length : (theta[0] ?? Number.NaN));
  const ownOf = (theta: readonly number[]) => (fixed ? theta : theta.slice(1));
  return shape.starts.map((own): Model => {
    const spanOf = (coefficients: readonly number[], theta: readonly number[]): Span => ({
      peak: coefficients[0] ?? Number.NaN,
      floor: Math.abs(coefficients[1] ?? 0) <= TINY ? 0 : (coefficients[1] ?? 0),
      length: lengthOf(theta),
    });
    return {
      theta: fixed ? own : [length, ...own],
      startsLate: shape.cutAt !== undefined,
      whole: fixed ? [] : [0],
      parts: (t, theta) => {
        const end = lengthOf(theta);
        if (!(end > 0)) return [Number.NaN, Number.NaN];
        const left = t >= end ? 0 : shape.at(t / end, ownOf(theta));
        return [left, 1 - left];
      },
      known: [null, floor],
      make: (coefficients, theta) => said(shape, spanOf(coefficients, theta), ownOf(theta)),
      led: (coefficients, theta) => (lead) => behind(shape, spanOf(coefficients, theta), ownOf(theta), lead),
    };
  });
}

/** A shape with its own parameters given. */
const usual = (shape: Shape, own: readonly number[]): Shape => ({
  ...shape,
  starts: [[]],
  at: (u) => shape.at(u, own),
  timm: () => ({ constructor: "", own: {}, ...shape.timm?.(own) }),
});

/** A floor so far below any LR is 0. */
const TINY = 1e-12;

function said(shape: Shape, span: Span, own: readonly number[]): DeclaredSchedule | null {
  if (!(span.peak >= 0 && span.floor >= 0 && own.every(sane))) return null;
  if (shape.native) return own.some((value) => value <= 0) ? null : shape.native(span, own);
  return inTimm(shape, span, own) ?? shape.optax?.(span, own, null) ?? null;
}

/** No one writes down such a power. */
const sane = (value: number) => Math.abs(value) < 20;

function behind(shape: Shape, span: Span, own: readonly number[], lead: Lead): DeclaredSchedule[] {
  const timm = inTimm(shape, span, own, ONCE, lead);
  const optax = lead.delays ? shape.optax?.(span, own, lead) : undefined;
  const isCosine = shape.native?.(span, own).kind === "cosine";
  const torch = isCosine && !lead.delays ? chained(span, lead) : [];
  return [timm, optax, ...torch].filter((schedule) => schedule !== null && schedule !== undefined);
}
