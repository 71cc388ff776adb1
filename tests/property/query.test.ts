import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { predicateOf, type Read } from "@/lib/domain/query/evaluate";
import {
  choicesOf,
  DRIFT,
  type Field,
  type FieldName,
  fieldType,
  METRIC_STATS,
  NAMES,
  printField,
} from "@/lib/domain/query/fields";
import { compareBy, parseSort, printSort } from "@/lib/domain/query/order";
import { parseQuery } from "@/lib/domain/query/parse";
import { printQuery } from "@/lib/domain/query/print";
import type { Operator, Query } from "@/lib/domain/query/query";
import { parseField, parseFields } from "@/lib/domain/query/read-field";
import { isQuiet } from "@/lib/domain/runs/liveness";

/** Text with everything that the language gives a meaning to. */
const nasty = fc.string({
  unit: fc.oneof(fc.constantFrom(...'ab: =<>!~"\\().,*-_%/ 1'), fc.string({ minLength: 1, maxLength: 1 })),
  maxLength: 8,
});
const word = fc.oneof(nasty, fc.constantFrom("or", "AND", "not", "status", "config.x", "metric", "*", "-a"));

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ kind: fc.constant("named" as const), name: fc.constantFrom(...NAMES) }),
  fc.record({
    kind: fc.constantFrom("config" as const, "schedule" as const),
    path: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("metric" as const),
    key: word.filter((key) => key !== ""),
    stat: fc.constantFrom(...METRIC_STATS),
  }),
);

/** `status:silent` reads as `liveness:silent`, and `audit:drift` as any verdict but a match. */
const isShort = (name: FieldName, choice: string): boolean =>
  (name === "status" && isQuiet(choice)) || (name === "audit" && choice === DRIFT);

const valueFor = (of: Field, operator: Operator): fc.Arbitrary<string> => {
  if (of.kind === "named" && choicesOf(of.name).length > 0)
    return fc.constantFrom(...choicesOf(of.name).filter((choice) => !isShort(of.name, choice)));
  switch (fieldType(of)) {
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    case "time":
      return fc.constantFrom("2026", "2026-11", "2026-11-23", "2026-11-23T20:10Z");
    case "duration":
      return fc.constantFrom("90", "90s", "3m", "1.5h", "2d");
    case "any":
      return operator === "=" || operator === "~" ? word : fc.double({ noNaN: true }).map(String);
    default:
      return word;
  }
};

const operatorFor = (of: Field): Operator[] => {
  switch (fieldType(of)) {
    case "choice":
    case "flag":
      return ["="];
    case "text":
    case "tags":
      return ["=", "~"];
    case "any":
      return ["=", "~", "<", "<=", ">", ">="];
    default:
      return ["=", "<", "<=", ">", ">="];
  }
};

const comparison: fc.Arbitrary<Query> = field.chain((of) =>
  fc
    .constantFrom(...operatorFor(of))
    .chain((operator) =>
      valueFor(of, operator).map((value): Query => ({ type: "compare", field: of, operator, value })),
    ),
);

const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word.map((text): Query => ({ type: "text", text })),
    comparison,
    field.map((of): Query => ({ type: "present", field: of })),
    tie("query").map((of): Query => ({ type: "not", of })),
    fc
      .tuple(
        fc.constantFrom("and" as const, "or" as const),
        fc.array(tie("query"), { minLength: 2, maxLength: 3 }),
      )
      .map(([type, of]): Query => ({ type, of })),
  ),
}));

describe("the query language", () => {
  test.prop([query], { numRuns: 2000 })("what is printed reads back as the same query", (given) => {
    const text = printQuery(given);
    expect(parseQuery(text), text).toEqual({ query: given, error: null });
    const again = parseQuery(text).query;
    expect(again && printQuery(again)).toBe(text);
  });

  test.prop([nasty], { numRuns: 2000 })("any text is a query, or is refused with a place in it", (text) => {
    const { query: parsed, error } = parseQuery(text);
    if (parsed) {
      expect(parseQuery(printQuery(parsed)).query).toEqual(parsed);
      return;
    }
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(text.length);
    expect(error.message).toMatch(/\S/);
  });

  test.prop([field])("a field reads back", (given) => {
    expect(parseField(printField(given))).toEqual(given);
  });

  test.prop([fc.array(field, { maxLength: 5 })])("fields with commas between read back", (given) => {
    expect(parseFields(given.map(printField).join(","))).toEqual(given);
  });

  test.prop([fc.array(fc.record({ field, descending: fc.boolean() }), { minLength: 1, maxLength: 4 })])(
    "an order reads back",
    (given) => {
      expect(parseSort(printSort(given))).toEqual(given);
    },
  );

  test.prop([
    query,
    fc.array(fc.oneof(fc.double(), nasty, fc.boolean(), fc.constant(null)), { minLength: 1 }),
  ])("not turns the answer round, and both follows and", (given, values) => {
    let turn = 0;
    const memory = new Map<string, (typeof values)[number]>();
    const read: Read = (of) => {
      const name = printField(of);
      if (!memory.has(name)) memory.set(name, values[turn++ % values.length] ?? null);
      return memory.get(name) ?? null;
    };
    const holds = predicateOf(given)(read);
    expect(predicateOf({ type: "not", of: given })(read)).toBe(!holds);
    expect(predicateOf({ type: "and", of: [given, given] })(read)).toBe(holds);
    expect(predicateOf({ type: "or", of: [given, { type: "not", of: given }] })(read)).toBe(true);
  });
});

const cell = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  nasty,
  fc.boolean(),
  fc.constant(null),
);
const cells = fc.array(cell, { minLength: 2, maxLength: 2 });

describe("the order of rows", () => {
  test.prop([cells, cells, cells, fc.boolean(), fc.boolean()])(
    "is one: turning the sides round turns it round, and it carries over",
    (a, b, c, first, second) => {
      const keys = [{ descending: first }, { descending: second }];
      const sign = (x: typeof a, y: typeof a) => Math.sign(compareBy(keys, x, y));
      expect(sign(a, b)).toBe(0 - sign(b, a));
      if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
    },
  );

  test.prop([cell, fc.boolean()])("has what is missing last either way", (value, descending) => {
    fc.pre(value !== null);
    expect(compareBy([{ descending }], [null], [value])).toBe(1);
  });
});
