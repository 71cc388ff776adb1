/** A wrong value as an error message quotes it. It may be anything that JSON can hold, however deep. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
