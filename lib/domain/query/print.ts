import { printField, quoted } from "./fields";
import type { Query } from "./query";

const PLAIN_VALUE = /^[^\s()",]+$/u;
const PLAIN_TEXT = /^[^\s()":=<>!~,-][^\s()":=<>!~,]*$/u;
const RESERVED = /^(and|or|not)$|^(config|schedule)\./i;

/** The query as text that reads back as the same query. */
export function printQuery(query: Query): string {
  switch (query.type) {
    case "and":
      return query.of.map(inside).join(" ");
    case "or":
      return query.of.map(inside).join(" or ");
    case "not":
      return `-${inside(query.of)}`;
    case "text":
      return PLAIN_TEXT.test(query.text) && !RESERVED.test(query.text) ? query.text : quoted(query.text);
    case "present":
      return `${printField(query.field)}:*`;
    case "compare": {
      const operator = query.operator === "=" ? ":" : query.operator;
      return `${printField(query.field)}${operator}${printValue(query.value)}`;
    }
  }
}

const inside = (query: Query): string =>
  query.type === "and" || query.type === "or" ? `(${printQuery(query)})` : printQuery(query);

/** A value behind an operator, in quotes where it needs them. */
export const printValue = (value: string): string =>
  PLAIN_VALUE.test(value) && value !== "*" ? value : quoted(value);
