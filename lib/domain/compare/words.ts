/** `1 run`, `3 runs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const MOST_DECIMALS = 7;

/** Writes numbers with as many decimals as `width`, a difference or an interval's, has to show two digits of. */
export function numbersFor(width: number): (value: number) => string {
  const size = Math.abs(width);
  const decimals = size > 0 ? Math.max(0, 1 - Math.floor(Math.log10(size))) : 4;
  return (value) => {
    const large = Math.abs(value) >= 1e6;
    const text = decimals > MOST_DECIMALS || large ? fourDigits(value) : value.toFixed(decimals);
    return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
  };
}

/** All of its digits where four would be a number beyond the largest double. */
function fourDigits(value: number): string {
  const rounded = Number(value.toPrecision(4));
  return String(Number.isFinite(rounded) ? rounded : value);
}

/** A p-value: two digits, and never "0". */
export function shownP(p: number): string {
  if (p < 0.0001) return "< 0.0001";
  if (p >= 0.995) return "1.00";
  return p < 0.1 ? String(Number(p.toPrecision(2))) : p.toFixed(2);
}
