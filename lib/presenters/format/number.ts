import type { WireNumber } from "@/lib/contracts/common";
import { toNumber } from "@/lib/contracts/wire-number";

/** Stands for "there is no number here"; read aloud as a dash. */
export const NO_VALUE = "–";

/** `NaN`, `∞`, `−∞`: words for what a plain format cannot show; null for a finite number. */
function nonFiniteText(value: number): string | null {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "∞";
  return value === -Infinity ? "−∞" : null;
}

/** At least one decimal in the mantissa, trailing zeros beyond it dropped: `3.0e-4`, `2.97e-3`. */
function exponential(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const short = mantissa.includes(".") ? mantissa.replace(/(\.\d+?)0+$/, "$1") : `${mantissa}.0`;
  return `${short}e${exponent.replace("+", "")}`;
}

/** A metric's value at four significant digits: `0.0812`, `0.1234`, `12.35`, `3.0e-4`, `1.2e6`. */
export function formatValue(wire: WireNumber | null | undefined): string {
  if (wire === null || wire === undefined) return NO_VALUE;
  const value = toNumber(wire);
  const word = nonFiniteText(value);
  if (word !== null) return word;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return exponential(value, 4);
  const decimals = Math.max(0, 3 - Math.max(0, Math.floor(Math.log10(size))) + (size < 1 ? 1 : 0));
  return Number.isInteger(value) ? String(value) : value.toFixed(decimals);
}

/** A learning rate: `0.1`, `0.025`, `3.0e-4`, `2.97e-3`. Below 0.01 always with an exponent, as the field writes it. */
export function formatLr(wire: WireNumber | null | undefined): string {
  if (wire === null || wire === undefined) return NO_VALUE;
  const value = toNumber(wire);
  const word = nonFiniteText(value);
  if (word !== null) return word;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.01 || size >= 1000) return exponential(value, 3);
  return String(Number(value.toPrecision(4)));
}

/** Several LRs (one per param group) in one text: equal ones once, otherwise `0.1 · 1.0e-2`. */
export function formatLrs(rates: number | readonly number[] | null | undefined): string {
  if (rates === null || rates === undefined) return NO_VALUE;
  if (typeof rates === "number") return formatLr(rates);
  const texts = rates.map((rate) => formatLr(rate));
  return [...new Set(texts)].length === 1 ? (texts[0] ?? NO_VALUE) : texts.join(" · ");
}

const COMPACT: readonly (readonly [number, string])[] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** A count for a tight place: `812`, `9,999`, `12.3k`, `4.1M`. Exact below ten thousand. */
export function formatCount(count: number): string {
  if (Math.abs(count) < 10_000) return formatInteger(count);
  for (const [size, unit] of COMPACT) {
    const scaled = count / size;
    if (Math.abs(scaled) < 0.99995) continue;
    return `${Number(scaled.toFixed(Math.abs(scaled) < 100 ? 1 : 0))}${unit}`;
  }
  return formatInteger(count);
}

/** Every digit, grouped by thousands: `1,234,567`. The locale is fixed so that server and browser agree. */
export function formatInteger(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** Integers above this are measured, not counted. */
const COUNTED = 1e9;

/** A count or a value, as it comes: `1,200`, `0.0812`, `2.402e30`. */
export const formatFigure = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < COUNTED ? formatInteger(value) : formatValue(value);

/** A longer number is read by its exponent. */
const LONG = 1e12;

/** Every digit the number has, for hovering and copying: `0.08123456789`, `3.49918e15`. */
export function fullPrecision(wire: WireNumber | null | undefined): string {
  if (wire === null || wire === undefined) return "";
  const isLong = typeof wire === "number" && Math.abs(wire) >= LONG;
  return isLong ? wire.toExponential().replace("e+", "e") : String(wire);
}

/** `1 run`, `2 runs`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}
