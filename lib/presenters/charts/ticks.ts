import type { Tick } from "./chart-model";

const NICE = [1, 2, 2.5, 5, 10] as const;

/** The smallest of 1, 2, 2.5, 5 × 10^k that is at least `size`. */
export function niceAbove(size: number): number {
  if (!(size > 0)) return 1;
  const power = Math.pow(10, Math.floor(Math.log10(size)));
  const factor = NICE.find((nice) => nice * power >= size * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Round values covering `min` to `max` at about `count` of them; multiplied out rather than added up, so exact. */
export function linearTicks(min: number, max: number, count: number): number[] {
  const step = niceAbove((max - min) / Math.max(1, count));
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tidy((first + i) * step));
}

/** 0.30000000000000004 → 0.3 */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The number between two that has the fewest digits, 0 the fewest of all; one that ends in 5 goes before its neighbours. */
export function roundest(low: number, high: number): number {
  if (low <= 0 && high >= 0) return 0;
  let size = Math.pow(10, Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)))));
  for (let digits = 0; digits < MOST_DIGITS; digits += 1, size /= 10) {
    for (const step of [size, size / 2]) {
      const value = tidy(Math.ceil(low / step - 1e-9) * step);
      if (value >= low && value <= high) return value;
    }
  }
  return high;
}

/** Beyond so many a double has none. */
const MOST_DIGITS = 15;

const FINE = [1, 1.5, 2, 3, 4, 5, 6, 8] as const;
const MEDIUM = [1, 2, 5] as const;
/** With fewer numbers on it nobody can read an axis. */
const LEAST = 3;
/** Of more decades not even the powers of ten between the labels can be told apart. */
const MOST_MINOR = 60;

/** Powers of ten, about `count` of them; 1-2-5 between them when few decades are shown and that makes at most `most`. */
export function logTicks(min: number, max: number, count: number, most = Infinity): number[] {
  const decades = Math.log10(max / min);
  if (decadeTicks(min, max, FINE, 1).length < LEAST) return linearTicks(min, max, count - 1);
  const finer = [...(decades < 1.1 ? [FINE] : []), ...(decades < 3.2 ? [MEDIUM] : [])];
  for (const factors of finer) {
    const ticks = decadeTicks(min, max, factors, 1);
    if (ticks.length <= most) return ticks;
  }
  const powers = Math.ceil(Math.log10(max) + 1e-9) - Math.floor(Math.log10(min) - 1e-9);
  return decadeTicks(min, max, [1], Math.max(1, Math.ceil(powers / Math.max(1, count))));
}

/** What stands between the ticks of a log axis: 2 to 9 in each decade, or the powers of ten where those are too many. */
export function minorLogTicks(min: number, max: number, ticks: readonly number[]): number[] {
  const own = new Set(ticks);
  const between = (factors: readonly number[]) =>
    decadeTicks(min, max, factors, 1).filter((value) => !own.has(value));
  const [all, powers] = [between([1, 2, 3, 4, 5, 6, 7, 8, 9]), between([1])];
  if (all.length <= MOST_MINOR) return all;
  return powers.length <= MOST_MINOR ? powers : [];
}

function decadeTicks(min: number, max: number, factors: readonly number[], every: number): number[] {
  const from = Math.floor(Math.log10(min) - 1e-9);
  const to = Math.ceil(Math.log10(max) + 1e-9);
  const ticks: number[] = [];
  for (let power = from; power <= to; power += 1) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const value = tidy(factor * Math.pow(10, power));
      if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks;
}

/** Digits after the point that tell every tick from its neighbours. */
function decimalsOf(ticks: readonly number[], limit: number): number {
  for (let digits = 0; digits < limit; digits += 1) {
    if (ticks.every((tick) => Math.abs(Number(tick.toFixed(digits)) - tick) <= Math.abs(tick) * 1e-9))
      return digits;
  }
  return limit;
}

/** Labels of a value axis: plain decimals where they are short, exponents where they are not. */
export function valueTicks(ticks: readonly number[]): Tick[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const decimals = decimalsOf(ticks, 5);
  const plain = largest < 1e5 && decimals < 5;
  return ticks.map((value) => ({ value, label: plain ? value.toFixed(decimals) : exponent(value, ticks) }));
}

/** Labels of a log axis, each as short as its value allows: `10`, `1`, `0.1`, `1e-6`. */
export const logLabels = (ticks: readonly number[]): Tick[] =>
  ticks.map((value) => ({
    value,
    label: value >= 1e5 || value < 1e-4 ? value.toExponential(0).replace("e+", "e") : String(value),
  }));

/** The same of rates, as the field writes them: `1`, `0.1`, `0.01`, `1.0e-3`. */
export const lrLogLabels = (ticks: readonly number[]): Tick[] =>
  ticks.map((value) => ({
    value,
    label: value >= 0.01 && value < 1e5 ? String(value) : exponent(value, ticks),
  }));

/** Labels of an LR axis, as the field writes rates: `3.0e-4`. */
export function lrTicks(ticks: readonly number[]): Tick[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const smallest = Math.min(...ticks.filter((tick) => tick > 0));
  if (largest >= 0.01 && smallest >= 0.001) return valueTicks(ticks);
  return ticks.map((value) => ({ value, label: exponent(value, ticks) }));
}

function exponent(value: number, ticks: readonly number[]): string {
  if (value === 0) return "0";
  const exact = (digits: number) =>
    ticks.every((tick) => Math.abs(Number(tick.toExponential(digits)) - tick) <= Math.abs(tick) * 1e-9);
  return value.toExponential(exact(1) ? 1 : 2).replace("e+", "e");
}

/** As many as fit under a plot: the last step need not be round. */
const DIGITS = 4;

/** Labels of an axis of steps: `800`, `1.2k`, `12k`, `1.25M`. */
export function stepTicks(ticks: readonly number[]): Tick[] {
  const whole = ticks.filter((tick) => Number.isInteger(tick));
  const largest = Math.max(0, ...whole.map(Math.abs));
  const [size, unit] = largest >= 1e6 ? [1e6, "M"] : largest >= 10_000 ? [1e3, "k"] : [1, ""];
  return whole.map((value) => ({
    value,
    label: value === 0 ? "0" : `${Number((value / size).toPrecision(DIGITS))}${unit}`,
  }));
}
