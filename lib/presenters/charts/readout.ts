import { formatCount, formatValue } from "@/lib/presenters/format/number";
import type { HoverCard } from "./chart-model";

/** The ratio of an LR that follows its schedule. */
export const AS_DECLARED = "×1";

/** Nearer to 1 a ratio is rounding. */
const SAME = 1e-3;
/** From here on a ratio is a count of times. */
const MANY = 1000;

/** What an LR is of the declared one: `×0.5`, `×583k`; `×1` within a thousandth; null where nothing is declared, or 0. */
export function ratioText(actual: number, declared: number | undefined): string | null {
  if (!declared) return null;
  const ratio = actual / declared;
  if (!Number.isFinite(ratio)) return null;
  if (Math.abs(ratio - 1) < SAME) return AS_DECLARED;
  return ratio >= MANY ? `×${formatCount(ratio)}` : `×${Number(ratio.toPrecision(3))}`;
}

/** Values stand under one another, so each has four digits: `0.08123`, `0.1000`, `1.839e-5`. */
export function fourDigits(value: number): string {
  const size = Math.abs(value);
  return Number.isInteger(value) || size < 1e-3 || size >= 1e4 ? formatValue(value) : value.toPrecision(4);
}

const ABOUT = "≈ ";

/** A number in full at four digits, for reading at a glance; what is no number as it is. */
export function atGlance(text: string): string {
  const about = text.startsWith(ABOUT) ? ABOUT : "";
  const value = Number(text.slice(about.length));
  return Number.isFinite(value) ? about + fourDigits(value) : text;
}

/** The readout with every digit, as a spreadsheet takes it: a line for each row, tabs between its cells. */
export const readoutText = ({ title, rows }: HoverCard): string =>
  [
    title,
    ...rows.map(({ label, value, beside }) => [label, value, ...(beside ? [beside] : [])].join("\t")),
  ].join("\n");
