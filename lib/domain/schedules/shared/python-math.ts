import { PythonError } from "./python-error";

/** Python's `a / b`: raises where JavaScript gives Infinity or NaN. */
export function divide(a: number, b: number): number {
  if (b === 0) throw new PythonError("ZeroDivisionError", "division by zero");
  return a / b;
}

/** Python's `a % b`: the result has the sign of `b`. */
export function modulo(a: number, b: number): number {
  if (b === 0) throw new PythonError("ZeroDivisionError", "division by zero");
  // Exact, and a remainder is slow.
  if (b === 1) return a - Math.floor(a);
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/**
 * Python's `a // b`: the floor of the exact quotient, so `11 // 1.1` is 9 although `11 / 1.1` rounds to 10.
 * CPython's `float_floor_div`: the division is done on a multiple of `b`, then snapped to the nearest integer.
 */
export function floorDivide(a: number, b: number): number {
  // Of whole numbers the quotient cannot round up to the next one, and the remainder is slow.
  if (b > 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b)) return Math.floor(a / b);
  const quotient = (a - modulo(a, b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/**
 * Python's `base ** exponent`. Raises for 0 to a negative power and on overflow. A negative base with a fractional
 * exponent is a complex number in Python, which no optimizer accepts as an LR: reported as TypeError.
 */
export function power(base: number, exponent: number): number {
  // What most schedules ask for, and slow as a power.
  if (exponent === 1) return base;
  if (exponent === 0 || base === 1) return 1;
  if (base === 0 && exponent < 0) {
    throw new PythonError("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  }
  if (base < 0 && !Number.isInteger(exponent)) {
    throw new PythonError("TypeError", "must be real number, not complex");
  }
  const value = base ** exponent;
  if (!Number.isFinite(value) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new PythonError("OverflowError", "(34, 'Numerical result out of range')");
  }
  return value;
}

/** Python's `math.cos`: an infinite angle is a domain error. */
export function cosine(angle: number): number {
  if (Math.abs(angle) === Infinity) throw new PythonError("ValueError", "math domain error");
  return Math.cos(angle);
}

/** Python's `round(x)`: halves go to the even neighbour. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Python's `bisect.bisect_right`: how many leading entries of a sorted list are at most `x`. */
export function bisectRight(sorted: readonly number[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x < (sorted[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Python's `bisect.bisect_left`: how many leading entries of a sorted list are below `x`. */
export function bisectLeft(sorted: readonly number[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
