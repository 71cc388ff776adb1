import type { Candidate } from "./candidate";
import { isMonotone, restFrom, type Series } from "./series";

const POWERS = [0.5, 0.9, 2, 4];

const positive = (value: number) => value > 0 && Number.isFinite(value);

/** Families that fall from their start, by the simplest first; each with the starts from which its fit succeeds. */
export function fallingCandidates(series: Series): Candidate[] {
  if (!isMonotone(series)) return [];
  const { steps, lrs } = series;
  const first = lrs[0] ?? 0;
  const last = lrs.at(-1) ?? 0;
  const rest = restFrom(series);
  const ended = rest < lrs.length;
  const end = steps[ended ? rest : steps.length - 1] ?? 1;
  const lengths = ended ? [end, end - 1] : [end, end + 1, end * 1.3, end * 2, end * 4];
  const ends = lengths.filter(positive);
  return [
    ...exponentials(series),
    ...inverses(series),
    ...ends.slice(0, 2).map((length) => linear(first, last, length)),
    ...(ended ? [] : ends.map((length) => cosine(first, 0, length, true))),
    ...ends.map((length) => cosine(first, ended ? last : last * 0.5, length, ended)),
    ...(ended
      ? [end, end + 1].flatMap((length) => [0.9, 2].map((power) => polynomialOf(first, last, length, power)))
      : ends.flatMap((length) => POWERS.map((power) => polynomial(first, 0, length, power, true)))),
    ...ends.flatMap((length) =>
      POWERS.map((power) => polynomial(first, ended ? last : 0, length, power, ended)),
    ),
  ];
}

function linear(from: number, to: number, length: number): Candidate {
  return {
    start: [from, to, length],
    whole: [2],
    make: ([a = 0, b = 0, steps = 0]) =>
      positive(steps) && a >= 0 && b >= 0 ? { kind: "linear", from: a, to: b, steps } : null,
  };
}

/** Where the floor was reached it is known, and a fit would only blur it. */
function cosine(first: number, last: number, length: number, ended: boolean): Candidate {
  return {
    start: ended ? [first, length] : [first, length, last],
    whole: [1],
    make: ([peak = 0, steps = 0, floor = last]) =>
      positive(steps) && peak >= 0 && floor >= -1e-12
        ? { kind: "cosine", peak, floor: Math.max(0, floor), steps }
        : null,
  };
}

/** With its length known, which near the end of a root no fit finds. */
function polynomialOf(peakAt: number, floor: number, steps: number, power: number): Candidate {
  return {
    start: [peakAt, power],
    make: ([peak = 0, exponent = 0]) =>
      positive(exponent) && exponent < 20 && peak >= 0
        ? { kind: "polynomial", peak, floor, power: exponent, steps }
        : null,
  };
}

function polynomial(first: number, last: number, length: number, power: number, ended: boolean): Candidate {
  return {
    start: ended ? [first, length, power] : [first, length, power, last],
    whole: [1],
    make: ([peak = 0, steps = 0, exponent = 0, floor = last]) =>
      positive(steps) && positive(exponent) && exponent < 20 && peak >= 0 && floor >= -1e-12
        ? { kind: "polynomial", peak, floor: Math.max(0, floor), power: exponent, steps }
        : null,
  };
}

function exponentials(series: Series): Candidate[] {
  const { steps, lrs } = series;
  const rest = restFrom(series);
  const floor = rest < lrs.length ? (lrs.at(-1) ?? 0) : 0;
  const until = Math.max(1, rest - 1);
  const [s0 = 0, s1 = 1, y0 = 1, y1 = 1] = [steps[0], steps[until], lrs[0], lrs[until]];
  const rate = Math.log(y1 / y0) / (s1 - s0);
  if (!Number.isFinite(rate) || rate === 0) return [];
  return [
    {
      start: [y0 / Math.exp(rate * s0), Math.exp(rate)],
      make: ([peak = 0, gamma = 0]) =>
        positive(peak) && positive(gamma)
          ? { kind: "exponential", peak, gamma, ...(floor > 0 ? { floor } : {}) }
          : null,
    },
  ];
}

function inverses({ steps, lrs }: Series): Candidate[] {
  const middle = Math.floor(lrs.length / 2);
  const [s0 = 0, sm = 1, y0 = 1, ym = 1] = [steps[0], steps[middle], lrs[0], lrs[middle]];
  const hyperbola = (y0 / ym - 1) / (sm - s0);
  const root = ((y0 / ym) ** 2 - 1) / (sm - s0);
  return [
    ...(positive(root)
      ? [
          {
            start: [y0, 1 / root],
            whole: [1],
            make: ([peak = 0, timescale = 0]: readonly number[]) =>
              positive(peak) && positive(timescale)
                ? ({ kind: "inverse_sqrt", peak, warmup: 0, timescale } as const)
                : null,
          },
        ]
      : []),
    ...(positive(hyperbola)
      ? [
          {
            start: [y0, hyperbola],
            make: ([peak = 0, decay_rate = 0]: readonly number[]) =>
              positive(peak) && positive(decay_rate)
                ? ({ kind: "inverse_time", peak, decay_rate, decay_steps: 1 } as const)
                : null,
          },
        ]
      : []),
  ];
}
