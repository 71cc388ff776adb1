import {
  choicesOf,
  type Field,
  fieldName,
  NAMED_FIELDS,
  NAMES,
  named,
  printField,
} from "@/lib/domain/query/fields";
import { printValue } from "@/lib/domain/query/print";
import type { RunField } from "@/lib/contracts/runs";
import type { RunRow } from "@/lib/presenters/runs/run-row";

/** What a filter can be about. */
export interface Vocabulary {
  fields: readonly { text: string; about: string }[];
  /** The most frequent values of a field, by its text. */
  values: ReadonlyMap<string, readonly string[]>;
}

export interface Completion {
  /** The whole filter with the last word completed. */
  value: string;
  /** What the last word becomes. */
  label: string;
  about: string;
}

const MOST = 8;
const LAST_WORD = /(?:[^\s()"]|"(?:\\.|[^"\\])*"?)*$/u;
const COMPARED = /^(.+?)(!=|>=|<=|!~|[:=<>~])(.*)$/u;
const ENUMERATED = ["name", "project", "group", "tag", "schedule"] as const;

/** What the runs and their configurations offer. */
export function vocabularyOf(
  rows: readonly RunRow[],
  metrics: readonly string[],
  known: readonly RunField[],
): Vocabulary {
  const values = new Map<string, readonly string[]>(known.map(({ field, values: own }) => [field, own]));
  for (const name of NAMES) if (choicesOf(name).length > 0) values.set(name, choicesOf(name));
  for (const name of ENUMERATED) values.set(name, frequent(rows, named(name)));
  return {
    fields: [
      ...NAMES.map((text) => ({ text, about: NAMED_FIELDS[text].about })),
      ...metrics.map((key) => ({
        text: metricText(key),
        about: "last value; :min and :max as well",
      })),
      ...known.map(({ field, values: [first] }) => ({
        text: field,
        about: first === undefined ? "" : `such as ${first}`,
      })),
    ],
    values,
  };
}

const PLAIN = /^[^\s()":=<>!~,-][^\s()":=<>!~,]*$/u;

/** By its own name, unless that would be read as something else. */
const metricText = (key: string): string =>
  PLAIN.test(key) && fieldName(key) === null && !/^(config|schedule)\.|^(and|or|not)$/i.test(key)
    ? key
    : printField({ kind: "metric", key, stat: "last" });

function frequent(rows: readonly RunRow[], field: Field): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row.read(field);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === "string") counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
}

/** How the last word of a filter can go on: a field's name, or behind a colon one of its values. */
export function complete(text: string, { fields, values }: Vocabulary): Completion[] {
  const word = LAST_WORD.exec(text)?.[0] ?? "";
  const minus = word.startsWith("-") ? "-" : "";
  const begun = word.slice(minus.length);
  const before = `${text.slice(0, text.length - word.length)}${minus}`;
  const [, name, operator, value] = COMPARED.exec(begun) ?? [];
  const own = name === undefined ? undefined : values.get(name);
  if (name !== undefined && own && operator !== undefined) {
    const part = (value ?? "").replace(/^"/, "").toLowerCase();
    return own
      .filter((one) => one.toLowerCase().includes(part) && printValue(one) !== value)
      .slice(0, MOST)
      .map((one) => offer(before, `${name}${operator}${printValue(one)}`, "", " "));
  }
  const part = begun.toLowerCase();
  const found = fields.filter((field) => field.text.toLowerCase().includes(part) && field.text !== begun);
  const first = found.filter((field) => field.text.toLowerCase().startsWith(part));
  const others = part === "" ? [] : found.filter((field) => !first.includes(field));
  return [...first, ...others]
    .slice(0, MOST)
    .map((field) => offer(before, values.has(field.text) ? `${field.text}:` : field.text, field.about, ""));
}

const offer = (before: string, label: string, about: string, after: string): Completion => ({
  value: `${before}${label}${after}`,
  label,
  about,
});
