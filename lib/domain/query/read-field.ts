import { type Field, fieldName, METRIC_STATS, type MetricStat, named } from "./fields";
import { QueryError } from "./query-error";
import { Scanner } from "./scanner";

const METRIC = "metric:";
const isStat = (word: string): word is MetricStat => METRIC_STATS.some((stat) => stat === word);

/**
 * Takes a field from where the scanner stands; null, and nothing taken, when no field begins there. A word that could be
 * a field but is not one's name gives null as well: without an operator behind it, it is plain text.
 */
export function takeField(scanner: Scanner): Field | null {
  if (scanner.takeExactly(METRIC)) return takeMetric(scanner);
  for (const kind of ["config", "schedule"] as const) {
    if (scanner.takeExactly(`${kind}.`)) return { kind, path: takePath(scanner, kind) };
  }
  const start = scanner.position;
  const name = fieldName(scanner.takeWord() ?? "");
  if (name !== null) return named(name);
  scanner.position = start;
  return null;
}

function takeMetric(scanner: Scanner): Field {
  const key = scanner.takeQuoted() ?? scanner.takeWord();
  if (!key) return scanner.fail("Write a metric’s name after metric:, such as metric:val/loss.");
  return withStat(scanner, key);
}

/** A name with a slash and an operator behind it can only be a metric's; null, and nothing taken, for another word. */
export function takeBareMetric(scanner: Scanner): Field | null {
  const start = scanner.position;
  const word = scanner.takeWord();
  const field = word?.includes("/") ? withStat(scanner, word) : null;
  if (field !== null && scanner.atOperator) return field;
  scanner.position = start;
  return null;
}

function withStat(scanner: Scanner, key: string): Field {
  const afterKey = scanner.position;
  const word = scanner.takeExactly(":") ? scanner.takeWord() : null;
  if (word !== null && isStat(word)) return { kind: "metric", key, stat: word };
  scanner.position = afterKey;
  return { kind: "metric", key, stat: "last" };
}

function takePath(scanner: Scanner, kind: string): string[] {
  const path: string[] = [];
  do {
    const part = scanner.takePart();
    if (part === null) return scanner.fail(`Write a key after ${[kind, ...path].join(".")}.`);
    path.push(part);
  } while (scanner.takeExactly("."));
  return path;
}

/** A field by itself, as in a column's id. @throws QueryError */
export function parseField(text: string): Field {
  const [field, ...more] = parseFields(text);
  if (field === undefined || more.length > 0) throw new QueryError(0, "Write one field.");
  return field;
}

/** Fields with commas between; none for an empty text. @throws QueryError */
export function parseFields(text: string): Field[] {
  const scanner = new Scanner(text);
  if (text.trim() === "") return [];
  const fields: Field[] = [];
  do {
    scanner.skipBlanks();
    const field = takeField(scanner);
    if (field === null) return scanner.fail(`${rest(scanner)} is not a field of a run.`);
    fields.push(field);
    scanner.skipBlanks();
  } while (scanner.takeExactly(","));
  return scanner.atEnd ? fields : scanner.fail(`${rest(scanner)} is not expected here.`);
}

const rest = (scanner: Scanner): string =>
  scanner.atEnd ? "Nothing" : scanner.text.slice(scanner.position, scanner.position + 30);
