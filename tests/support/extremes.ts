import { fc } from "@fast-check/vitest";

/** Where doubles end: the least, the least normal, the largest, what is no number, the last whole step. */
const FINITE = [
  0,
  -0,
  5e-324,
  2 ** -1022,
  1e-308,
  1e308,
  9.5e307,
  Number.MAX_VALUE,
  Number.EPSILON,
  1 + Number.EPSILON,
  1e-10,
  2 ** 53 - 1,
  1,
  1.5,
];

const signed = FINITE.flatMap((value) => [value, -value]);

export const finiteExtreme = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...signed) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);

export const extreme = fc.oneof(
  { weight: 6, arbitrary: finiteExtreme },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
);

/** Positive and finite. */
export const positiveExtreme = finiteExtreme.map(Math.abs).filter((value) => value > 0);

/** Steps of a log, ascending or not, to the last one. */
export const anyStep = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2 ** 31, 2 ** 53 - 2, 2 ** 53 - 1) },
  { weight: 1, arbitrary: fc.nat(1000) },
  { weight: 1, arbitrary: fc.maxSafeNat() },
);

/** Curves that overflow where they are subtracted, and any others. */
export const extremeSeries = (item: fc.Arbitrary<number>, maxLength = 60): fc.Arbitrary<number[]> =>
  fc.oneof(
    fc.array(item, { maxLength }),
    fc
      .tuple(item, fc.integer({ min: 1, max: 8 }), fc.nat(maxLength))
      .map(([value, period, length]) =>
        Array.from({ length }, (_, i) => (Math.floor(i / period) % 2 === 0 ? -value : value)),
      ),
  );
