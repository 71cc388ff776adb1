/** A name up to this long is cut at its end, if at all. */
const SHORT = 16;
/** What stays of a longer one's end: a seed, a date, a number. */
const TAIL = 8;

/** A name as the part that may be cut and its end, which stays; no end for a short one. No character is torn apart. */
export function splitName(name: string): [head: string, tail: string] {
  const letters = [...name];
  if (letters.length <= SHORT) return [name, ""];
  return [letters.slice(0, -TAIL).join(""), letters.slice(-TAIL).join("")];
}
