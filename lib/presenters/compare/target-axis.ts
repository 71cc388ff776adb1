import type { CompareResponse } from "@/lib/contracts/compare";
import type { ChartAxis } from "@/lib/presenters/charts/chart-model";

/** The value at a share of the axis' length from its lower end; the inverse of `fractionOn`. */
export function valueOn({ scale, min, max }: ChartAxis, share: number): number {
  const inside = Math.min(1, Math.max(0, share));
  return scale === "log" ? min * Math.pow(max / min, inside) : min + inside * (max - min);
}

const DIGITS = 3;

/** As many digits as a hand can set: a target of 0.0999312 was meant to be 0.0999. */
export function roundedOn({ scale, min, max }: ChartAxis, value: number): number {
  if (scale === "log") return Number(value.toPrecision(DIGITS));
  const decimals = Math.max(0, Math.min(15, DIGITS - 1 - Math.floor(Math.log10(max - min))));
  return Number(value.toFixed(decimals));
}

/** One that some runs reach and some may not: the middle of what the groups ended at. Null without any. */
export function suggestedTarget({ groups }: Pick<CompareResponse, "groups">): number | null {
  const measured = groups.flatMap(({ median }) => (median === null ? [] : [median]));
  const middle = measured[Math.floor((measured.length - 1) / 2)];
  return middle === undefined ? null : Number(middle.toPrecision(DIGITS));
}
