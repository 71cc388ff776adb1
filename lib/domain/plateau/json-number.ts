/** A number as JSON can hold it: non-finite values are the strings of the wire (and of the golden files). */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

/** `Number("Infinity")` is Infinity, and so on: the three strings parse to themselves. */
export const fromJsonNumber = (value: JsonNumber): number => Number(value);

export function isJsonNumber(value: unknown): value is JsonNumber {
  return Number.isFinite(value) || value === "NaN" || value === "Infinity" || value === "-Infinity";
}
