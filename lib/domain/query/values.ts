import { choicesOf, type Field, type FieldName, fieldType } from "./fields";

const TIME = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?)?)?)?$/;
const DURATION = /^(\d+(?:\.\d+)?)(s|min|m|h|d)?$/;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };
const NON_FINITE = ["NaN", "Infinity", "-Infinity"];

/** A number as people write it; null when the text is none. */
export function numberOf(text: string): number | null {
  if (NON_FINITE.includes(text)) return Number(text);
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Seconds of `90`, `90s`, `3m`, `1.5h`, `2d`; null when the text is no length of time. */
export function durationOf(text: string): number | null {
  const [, count, unit = "s"] = DURATION.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (SECONDS[unit] ?? 1);
}

/** A stretch of time in milliseconds since 1970, UTC, its end not included. */
export interface Stretch {
  from: number;
  to: number;
}

/** What a date or a time stands for: `2026-11` is a month, `2026-11-23` a day. UTC. null when the text is neither. */
export function stretchOf(text: string): Stretch | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const given = found
    .slice(1, 7)
    .filter((part) => part !== undefined)
    .map(Number);
  const from = utc(given);
  const exists = new Date(from).toISOString().startsWith(text.slice(0, 19).replace(/Z$/, ""));
  return exists ? { from, to: utc(given.with(-1, (given.at(-1) ?? 0) + 1)) } : null;
}

/** From the year, counted as people count, to as fine a part as there is. */
function utc(parts: readonly number[]): number {
  const [year = 0, month = 1, ...rest] = parts;
  return Date.UTC(year, month - 1, ...(rest.length === 0 ? [1] : rest));
}

/** Why the field cannot be compared with the text in that way; null when it can. */
export function complaint(field: Field, operator: string, value: string): string | null {
  const type = fieldType(field);
  const ordered = operator !== "=" && operator !== "~";
  if (field.kind === "named") {
    const wrong = namedComplaint(field.name, { type, ordered }, operator, value);
    if (wrong !== undefined) return wrong;
  }
  return operator === "~" && type !== "any" && type !== "text" && type !== "tags"
    ? "Only text can be searched with ~."
    : wrongKind(type, ordered, value);
}

/** undefined: nothing that is special about the fields that have a name of their own. */
function namedComplaint(
  name: FieldName,
  { type, ordered }: { type: ReturnType<typeof fieldType>; ordered: boolean },
  operator: string,
  value: string,
): string | null | undefined {
  if (type === "choice" || type === "flag") {
    const values = choicesOf(name);
    if (operator !== "=") return `Compare ${name} with a colon, such as ${name}:${values[0]}.`;
    return values.includes(value.toLowerCase()) ? null : `${name} is one of ${values.join(", ")}.`;
  }
  const isText = type === "text" || type === "tags";
  return ordered && isText ? `${name} is text: compare it with : or ~.` : undefined;
}

function wrongKind(type: ReturnType<typeof fieldType>, ordered: boolean, value: string): string | null {
  switch (type) {
    case "number":
      return numberOf(value) === null ? `${value} is not a number.` : null;
    case "time":
      return stretchOf(value) === null ? `${value} is not a date; write one such as 2026-11-23.` : null;
    case "duration":
      return durationOf(value) === null
        ? `${value} is not a length of time; write one such as 90s, 3m or 2h.`
        : null;
    case "any":
      return ordered && numberOf(value) === null ? `${value} is not a number.` : null;
    default:
      return null;
  }
}
