import type { Value } from "./evaluate";
import { type Field, printField } from "./fields";
import { takeField } from "./read-field";
import { Scanner } from "./scanner";
import { numberOf } from "./values";

/** One key of an order; the first of several weighs most. */
export interface SortKey {
  field: Field;
  descending: boolean;
}

const LONE_METRIC = /^-?metric:[^\p{C}",:]*\s[^\p{C}",]*$/u;
const LONE_PARTS = /^(-?)metric:(.+?)(?::(last|min|max))?$/u;

/**
 * `-metric:val/loss:min,name`: keys with commas between, a leading minus turns one round. A metric whose name holds
 * blanks may stand alone without quotes. @throws QueryError
 */
export function parseSort(text: string): SortKey[] {
  if (LONE_METRIC.test(text)) {
    const [, minus, key = "", stat] = LONE_PARTS.exec(text) ?? [];
    return [{ field: { kind: "metric", key, stat: statOf(stat) }, descending: minus === "-" }];
  }
  const scanner = new Scanner(text);
  const keys: SortKey[] = [];
  do {
    scanner.skipBlanks();
    const descending = scanner.takeExactly("-");
    const field = takeField(scanner);
    if (field === null) return scanner.fail("This is not a field to sort by.");
    keys.push({ field, descending });
    scanner.skipBlanks();
  } while (scanner.takeExactly(","));
  return scanner.atEnd ? keys : scanner.fail("This is not a field to sort by.");
}

const statOf = (text: string | undefined) => (text === "min" || text === "max" ? text : "last");

export const printSort = (keys: readonly SortKey[]): string =>
  keys.map(({ field, descending }) => `${descending ? "-" : ""}${printField(field)}`).join(",");

export type Comparable = string | number | boolean | null;

/** Longer text is cut: an order by a few hundred characters is none that a person can see. */
const LONGEST = 100;

/** What rows are compared by: a number kept as text is one, lists become text, what is not finite counts as missing. */
export function comparable(value: Value): Comparable {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") {
    const number = numberOf(value);
    return number !== null && Number.isFinite(number) ? number : value.slice(0, LONGEST);
  }
  if (value === null || typeof value === "boolean") return value;
  return value.length === 0 ? null : value.join(" ").slice(0, LONGEST);
}

const names = new Intl.Collator("en", { numeric: true });
const KINDS = ["number", "boolean", "string"];

/** Numbers before text; numbers inside text count: s9 before s10. What is missing comes last either way. */
export function compareBy(
  keys: readonly Pick<SortKey, "descending">[],
  a: readonly Comparable[],
  b: readonly Comparable[],
): number {
  for (const [index, { descending }] of keys.entries()) {
    const left = a[index] ?? null;
    const right = b[index] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const order = compareValues(left, right);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function compareValues(a: string | number | boolean, b: string | number | boolean): number {
  const kinds = KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (kinds !== 0) return kinds;
  if (typeof a === "string" && typeof b === "string") return names.compare(a, b);
  return Number(a) - Number(b);
}
