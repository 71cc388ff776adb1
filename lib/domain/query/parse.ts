import { isQuiet } from "../runs/liveness";
import { DRIFT, type Field, fieldType, type KnownName, named, printField } from "./fields";
import { EVERYTHING, type Operator, type Query } from "./query";
import { QueryError } from "./query-error";
import { takeBareMetric, takeField } from "./read-field";
import { Scanner } from "./scanner";
import { complaint } from "./values";

/** Brackets and minus signs inside one another; more of them is no question that a person asks. */
const MAX_DEPTH = 40;

export type Parsed = { query: Query; error: null } | { query: null; error: QueryError };

/**
 * Reads a filter such as `status:running config.optimizer.lr>=0.01 -tag:bad (a or b)`. Words next to each other must all
 * hold; `or` binds weaker, `-` or `not` stronger. `names`, the longest first, are fields besides.
 */
export function parseQuery(text: string, names: readonly KnownName[] = []): Parsed {
  try {
    const scanner = new Scanner(text, names);
    scanner.skipBlanks();
    if (scanner.atEnd) return { query: EVERYTHING, error: null };
    const query = takeOr(scanner, 0);
    if (!scanner.atEnd) scanner.fail("This bracket was never opened.");
    return { query, error: null };
  } catch (error) {
    if (error instanceof QueryError) return { query: null, error };
    throw error;
  }
}

function takeOr(scanner: Scanner, depth: number): Query {
  if (depth > MAX_DEPTH) scanner.fail("This is nested too deeply.");
  const of = [takeAnd(scanner, depth)];
  while (takeKeyword(scanner, "or")) of.push(takeAnd(scanner, depth));
  return joined("or", of);
}

function takeAnd(scanner: Scanner, depth: number): Query {
  const of = [takeNot(scanner, depth)];
  for (;;) {
    const explicit = takeKeyword(scanner, "and");
    scanner.skipBlanks();
    const ends = scanner.atEnd || scanner.peek() === ")" || (!explicit && atKeyword(scanner, "or"));
    if (ends && !explicit) return joined("and", of);
    of.push(takeNot(scanner, depth));
  }
}

function joined(type: "and" | "or", of: Query[]): Query {
  const [only, ...more] = of;
  return only && more.length === 0 ? only : { type, of };
}

function takeNot(scanner: Scanner, depth: number): Query {
  if (depth > MAX_DEPTH) scanner.fail("This is nested too deeply.");
  scanner.skipBlanks();
  if (scanner.takeExactly("-") || takeKeyword(scanner, "not")) {
    return { type: "not", of: takeNot(scanner, depth + 1) };
  }
  if (!scanner.takeExactly("(")) return takeTerm(scanner);
  const start = scanner.position - 1;
  const inside = takeOr(scanner, depth + 1);
  scanner.skipBlanks();
  if (!scanner.takeExactly(")")) scanner.fail("This bracket is never closed.", start);
  return inside;
}

/** A word that stands by itself, with a blank or a bracket after it. */
function atKeyword(scanner: Scanner, word: string): boolean {
  const ahead = scanner.text.slice(scanner.position);
  return new RegExp(`^${word}(?=[\\s()]|$)`, "i").test(ahead);
}

function takeKeyword(scanner: Scanner, word: string): boolean {
  scanner.skipBlanks();
  if (!atKeyword(scanner, word)) return false;
  scanner.position += word.length;
  return true;
}

function takeTerm(scanner: Scanner): Query {
  const start = scanner.position;
  if (scanner.atEnd) return scanner.fail("Something to look for is missing here.");
  const literal = scanner.takeQuoted();
  if (literal !== null && !scanner.atOperator) return { type: "text", text: literal };
  const field = literal === null ? takeAnyField(scanner) : namedField(scanner, literal, start);
  const operator = scanner.takeOperator();
  if (field !== null && operator !== null) return takeComparison(scanner, field, operator);
  if (field?.kind === "metric") return { type: "present", field };
  if (field !== null && field.kind !== "named") {
    const example = printField(field);
    return scanner.fail(`Write a comparison after ${example}, such as ${example}:1.`, start);
  }
  scanner.position = start;
  return takeText(scanner);
}

const namedField = (scanner: Scanner, name: string, start: number): Field =>
  scanner.known(name) ?? scanner.fail(`There is no field named ${name}.`, start);

function takeAnyField(scanner: Scanner): Field | null {
  const start = scanner.position;
  const field = takeField(scanner);
  // A word of our own that goes on as a name with a blank in it, such as `step time<3`.
  if (field !== null && (field.kind !== "named" || scanner.atOperator)) return field;
  scanner.position = start;
  return scanner.takeKnown() ?? takeBareMetric(scanner) ?? takeField(scanner);
}

function takeText(scanner: Scanner): Query {
  const start = scanner.position;
  const text = scanner.takeWord();
  if (text === null) return scanner.fail(`${scanner.peek()} is not expected here.`);
  const operator = scanner.takeOperator();
  if (operator === null) return { type: "text", text };
  const hint = /^[:=<>]/.test(operator) ? `; a config value is config.${text}` : "";
  return scanner.fail(`There is no field named ${text}${hint}.`, start);
}

/** `status:lost` asks for what stands in another field. */
const meant = (field: Field, value: string): Field =>
  field.kind === "named" && field.name === "status" && isQuiet(value) ? named("liveness") : field;

/** `audit:drift` asks for any verdict but that all is well. */
const DRIFTS: Query = {
  type: "and",
  of: [
    { type: "present", field: named("audit") },
    { type: "not", of: { type: "compare", field: named("audit"), operator: "=", value: "match" } },
  ],
};

const POSITIVE: Readonly<Record<string, Operator>> = { ":": "=", "!=": "=", "!~": "~" };
const OPERATORS: readonly Operator[] = ["=", "~", "<", "<=", ">", ">="];

function takeComparison(scanner: Scanner, field: Field, written: string): Query {
  const operator = POSITIVE[written] ?? OPERATORS.find((known) => known === written);
  const start = scanner.position;
  const literal = scanner.takeQuoted();
  const value = literal ?? scanner.takeBareValue();
  if (value === null || operator === undefined) {
    return scanner.fail(`Write a value after ${printField(field)}${written}`);
  }
  const found = compared(scanner, field, operator, { value, bare: literal === null, start });
  return written.startsWith("!") ? { type: "not", of: found } : found;
}

function compared(
  scanner: Scanner,
  field: Field,
  operator: Operator,
  { value, bare, start }: { value: string; bare: boolean; start: number },
): Query {
  if (bare && value === "*" && operator === "=") return { type: "present", field };
  const wrong = complaint(field, operator, value);
  if (wrong !== null) scanner.fail(wrong, start);
  const type = fieldType(field);
  const folded = type === "choice" || type === "flag" ? value.toLowerCase() : value;
  if (field.kind === "named" && field.name === "audit" && folded === DRIFT) return DRIFTS;
  return { type: "compare", field: meant(field, folded), operator, value: folded };
}
