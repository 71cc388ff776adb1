import type { WireNumber } from "./common";

// Apart from the schemas, so that a page that shows numbers does not load what parses them.

export const toNumber = (value: WireNumber): number => Number(value);

export function toWire(value: number): WireNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}
