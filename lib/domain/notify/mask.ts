const SHOWN = 4;
/** Of a shorter text the end would give away too much. */
const LONG = 16;

/** An address whose path is a secret: enough to tell two of them apart, not enough to use one. */
export function maskAddress(origin: string, rest: string): string {
  if (rest === "" || rest === "/") return origin;
  return `${origin}/…${rest.length >= LONG ? rest.slice(-SHOWN) : ""}`;
}
