/** Half a unit of the last place that a log keeps, for one of its values. */
export type Rounding = (value: number) => number;

/** Fewer distinct values than this say nothing of how a log prints: 0.1, 0.01 and 0.001 may be exact. */
const TELLING = 10;
const MIN_DIGITS = 4;
const MIN_DIGITS_TOLD = 3;
const MIN_DECIMALS = 6;
/** A float64 prints 15 digits and more; above 8 nothing was rounded that matters. */
const UNROUNDED = 9;
const SAMPLED = 400;

/**
 * Learns how a log rounds: to significant digits (`%.4g`, `5.56e-04`), to decimals (`%.6f`), or not at all (0 then;
 * float32 is left to the caller's relative tolerance).
 */
export function learnRounding(values: readonly number[]): Rounding {
  const half = halfPrecision(values);
  if (half) return (value) => ulpOf(value, half) / 2;
  const distinct = [...new Set(thin(values))].filter((value) => value !== 0);
  const telling = distinct.length >= TELLING;
  let digits = telling ? MIN_DIGITS_TOLD : MIN_DIGITS;
  let decimals = telling ? 1 : MIN_DECIMALS;
  for (const value of distinct) {
    const shape = shapeOf(value);
    digits = Math.max(digits, shape.digits);
    decimals = Math.max(decimals, shape.decimals);
  }
  if (digits >= UNROUNDED) return () => 0;
  const step = 0.5 * 10 ** -decimals;
  // A log of k decimals shows fewer digits where it is small; one of k digits, more decimals there.
  const fixed =
    telling && distinct.some((value) => shapeOf(value).digits <= digits - 2) && decimals < UNROUNDED;
  const significant = (value: number) =>
    value === 0 ? 0 : 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  return fixed ? (value) => Math.max(step, significant(value)) : significant;
}

function thin(values: readonly number[]): readonly number[] {
  const stride = Math.ceil(values.length / SAMPLED);
  return stride <= 1 ? values : values.filter((_, i) => i % stride === 0);
}

/** Digits and decimals of the shortest text of a number. */
function shapeOf(value: number): { digits: number; decimals: number } {
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "").length;
  return { digits, decimals: Math.max(0, digits - 1 - Number(exponent)) };
}

/** How a log prints, and what a value becomes by it. */
export interface Printing {
  params: { decimals: number } | { digits: number };
  printed: (value: number) => number;
}

/** The printings with so few decimals, or significant digits, that all values may come from them. */
export function printingsOf(values: readonly number[]): Printing[] {
  const shapes = values.map(shapeOf);
  const digits = shapes.reduce((most, shape) => Math.max(most, shape.digits), 1);
  const decimals = shapes.reduce((most, shape) => Math.max(most, shape.decimals), 0);
  if (digits >= UNROUNDED || decimals > MOST_DECIMALS) return [];
  return [
    { params: { decimals }, printed: (value) => Number(value.toFixed(decimals)) },
    { params: { digits }, printed: (value) => Number(value.toPrecision(digits)) },
  ];
}

/** What `toFixed` can print. */
const MOST_DECIMALS = 100;

/** A float of 16 bits. */
interface HalfPrecision {
  format: "float16" | "bfloat16";
  /** Bits of a value behind its first. */
  bits: number;
  /** log2 of the smallest value that has them all. */
  least: number;
  /** Decimal digits that they stand for. */
  digits: number;
}

const FLOAT16: HalfPrecision = { format: "float16", bits: 10, least: -14, digits: 3 };
const BFLOAT16: HalfPrecision = { format: "bfloat16", bits: 7, least: -126, digits: 2 };
/** So many of the values have to need all bits of a format. */
const LEAST_FULL = 3;

/** The format of 16 bits that all values of a log have; null: they have more digits, or too few to tell. */
export function halfPrecision(values: readonly number[]): HalfPrecision | null {
  const distinct = [...new Set(thin(values))].filter((value) => value !== 0);
  if (distinct.length < TELLING) return null;
  const has = (half: HalfPrecision) =>
    distinct.every((value) => Number.isInteger(value / ulpOf(value, half))) &&
    distinct.filter((value) => !Number.isInteger(value / ulpOf(value, half) / 2)).length >= LEAST_FULL;
  const least = Math.min(...distinct.map(Math.abs));
  // So small a bfloat16 has digits that a float16 has not.
  const coarse = least < 2 ** (FLOAT16.least - 3) && has(FLOAT16);
  return coarse ? FLOAT16 : ([BFLOAT16, FLOAT16].find(has) ?? null);
}

function ulpOf(value: number, { bits, least }: HalfPrecision): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(value), 2 ** least)));
  return 2 ** (exponent - bits);
}
