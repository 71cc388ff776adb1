import { add, addExact, divide, multiply, type DoubleDouble } from "./double-double";

/** ln 2 to 106 bits. */
const LN2: DoubleDouble = { hi: 0.6931471805599453, lo: 2.3190468138462996e-17 };

/** |z| stays below 0.1716, so z^(2·22) is below 2^-112: the series is exact to double-double precision. */
const SERIES_TERMS = 22;

/**
 * Correctly rounded natural logarithm, as glibc's in all but a handful of inputs. `Math.log` is one ulp off for about
 * 4 % of inputs (`Math.log(3)` among them), which moves `floor(log(x) / log(base))` by a whole cycle.
 *
 * x = 2^k·m with m near 1, log x = k·ln 2 + 2·artanh((m − 1)/(m + 1)).
 */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log(x);
  let exponent = Math.min(Math.floor(Math.log2(x)), 1023);
  let mantissa = x / 2 ** exponent;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const logMantissa = logNearOne(mantissa);
  return add(multiply({ hi: exponent, lo: 0 }, LN2), logMantissa).hi;
}

/** `floor(log(x) / log(base))` as CPython computes it; NaN outside the logarithm's domain. */
export function floorLog(x: number, base: number): number {
  const quick = Math.log(x) / Math.log(base);
  // Both quotients are right to a few ulps, so only a neighbourhood of the integers needs the exact logarithm.
  if (Math.abs(quick - Math.round(quick)) > 1e-9 * Math.max(1, Math.abs(quick))) return Math.floor(quick);
  return Math.floor(log(x) / log(base));
}

/** For m from about 0.7 to 1.42. */
function logNearOne(m: number): DoubleDouble {
  const z = divide({ hi: m - 1, lo: 0 }, addExact(m, 1));
  const square = multiply(z, z);
  let sum: DoubleDouble = { hi: 0, lo: 0 };
  for (let term = SERIES_TERMS; term >= 0; term -= 1) {
    const coefficient = divide({ hi: 1, lo: 0 }, { hi: 2 * term + 1, lo: 0 });
    sum = add(coefficient, multiply(square, sum));
  }
  return multiply({ hi: 2 * z.hi, lo: 2 * z.lo }, sum);
}
