const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NOTHING: ReadonlySet<string> = new Set(["", "null", "none", "na", "n/a", "<na>", "-"]);

const WORDS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);

/** null: nothing there. undefined: something that is no number. */
export type Cell = number | null | undefined;

/**
 * A number as programs write it into text files, NaN and infinities as words of any case among them. Hexadecimals and
 * thousands separators are none.
 */
export function parseNumber(value: unknown): Cell {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (NOTHING.has(text.toLowerCase())) return null;
  if (DECIMAL.test(text)) return Number(text);
  const word = WORDS.get(text.replace(/^[+-]/, "").toLowerCase());
  return word === undefined ? undefined : text.startsWith("-") ? -word : word;
}

/** Beyond this a number of seconds is one of milliseconds: the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** Unix seconds from seconds, milliseconds or ISO 8601. */
export function parseTime(value: unknown): Cell {
  const number = parseNumber(value);
  if (number === undefined && typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value.trim())) {
    const ms = Date.parse(value.trim().replace(" ", "T"));
    return Number.isNaN(ms) ? undefined : ms / 1000;
  }
  return typeof number === "number" && number >= MILLISECONDS_FROM ? number / 1000 : number;
}
