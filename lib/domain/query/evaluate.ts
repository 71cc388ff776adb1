import { type Field, fieldType, named } from "./fields";
import type { Operator, Query } from "./query";
import { durationOf, numberOf, stretchOf } from "./values";

/** What a run holds in a field. Times are milliseconds since 1970, durations seconds; null: nothing. */
export type Value = string | number | boolean | null | readonly string[];
export type Read = (field: Field) => Value;
export type Predicate = (read: Read) => boolean;

/** Where plain text is looked for. */
export const TEXT_FIELDS: readonly Field[] = (["name", "id", "group", "tag", "schedule"] as const).map(named);

/** Turns a query into a test of runs; what can be worked out beforehand is. */
export function predicateOf(query: Query): Predicate {
  switch (query.type) {
    case "and": {
      const all = query.of.map(predicateOf);
      return (read) => all.every((one) => one(read));
    }
    case "or": {
      const any = query.of.map(predicateOf);
      return (read) => any.some((one) => one(read));
    }
    case "not": {
      const inner = predicateOf(query.of);
      return (read) => !inner(read);
    }
    case "text": {
      const test = contains(query.text);
      return (read) => TEXT_FIELDS.some((field) => test(read(field)));
    }
    case "present":
      return (read) => isPresent(read(query.field));
    case "compare": {
      const test = comparison(query.field, query.operator, query.value);
      return (read) => test(read(query.field));
    }
  }
}

const isPresent = (value: Value): boolean => value !== null && !(isList(value) && value.length === 0);

const isList = (value: Value): value is readonly string[] => Array.isArray(value);

type Test = (value: Value) => boolean;

function comparison(field: Field, operator: Operator, text: string): Test {
  if (operator === "~") return contains(text);
  switch (fieldType(field)) {
    case "time":
      return timeTest(operator, text);
    case "duration":
      return numberTest(operator, durationOf(text));
    case "number":
      return numberTest(operator, numberOf(text));
    case "any":
      return operator === "=" ? equals(text) : numberTest(operator, numberOf(text));
    default:
      return equals(text);
  }
}

function contains(text: string): Test {
  const needle = text.toLowerCase();
  const has = (value: string) => value.toLowerCase().includes(needle);
  return (value) => (isList(value) ? value.some(has) : value !== null && has(String(value)));
}

/** As written, or as the same number: `0.01` is `1e-2`. */
function equals(text: string): Test {
  const wanted = numberOf(text);
  const same = (value: string | number | boolean) =>
    String(value) === text ||
    (wanted !== null && typeof value !== "boolean" && Object.is(numeric(value), wanted));
  return (value) => (isList(value) ? value.includes(text) : value !== null && same(value));
}

/** Some trackers keep every parameter as text. */
function numeric(value: Value): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? numberOf(value) : null;
}

function numberTest(operator: Operator, wanted: number | null): Test {
  if (wanted === null) return () => false;
  const holds = ORDER[operator];
  return (value) => {
    const number = numeric(value);
    return number !== null && holds(number, wanted);
  };
}

const ORDER: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)),
  "~": () => false,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function timeTest(operator: Operator, text: string): Test {
  const stretch = stretchOf(text);
  if (stretch === null) return () => false;
  const { from, to } = stretch;
  const holds: Readonly<Record<Operator, (at: number) => boolean>> = {
    "=": (at) => at >= from && at < to,
    "~": () => false,
    "<": (at) => at < from,
    "<=": (at) => at < to,
    ">": (at) => at >= to,
    ">=": (at) => at >= from,
  };
  return (value) => typeof value === "number" && holds[operator](value);
}
