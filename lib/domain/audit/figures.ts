/** Digits of a figure in a sentence, and the most that a double has. */
const DIGITS = 4;
const ALL_DIGITS = 17;

/** An LR in few digits: 0.1, 0.005, 3e-4. */
export function rate(lr: number, digits = DIGITS): string {
  const short = Number(lr.toPrecision(digits));
  return short === 0 || Math.abs(short) >= 1e-3 ? String(short) : short.toExponential();
}

/** Any other number in few digits. */
export const plain = (n: number, digits = DIGITS): string => String(Number(n.toPrecision(digits)));

/** Two figures with as many digits as tell them apart. */
export function apart(
  a: number,
  b: number,
  text: (n: number, digits?: number) => string = rate,
): [string, string] {
  for (let digits = DIGITS; digits < ALL_DIGITS; digits += 1) {
    const [one, other] = [text(a, digits), text(b, digits)];
    if (one !== other || a === b) return [one, other];
  }
  return [text(a, ALL_DIGITS), text(b, ALL_DIGITS)];
}

/** "1 step", "20 steps". */
export const count = (n: number, noun: string) => `${plain(n, 15)} ${noun}${n === 1 ? "" : "s"}`;
