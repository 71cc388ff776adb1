import type { Field } from "./fields";

export type Operator = "=" | "~" | "<" | "<=" | ">" | ">=";

/** A filter of runs, as plain data. `and` of nothing lets everything through. */
export type Query =
  | { type: "and" | "or"; of: readonly Query[] }
  | { type: "not"; of: Query }
  /** Occurs in the name, the id, the group, a tag or the schedule, whatever the case. */
  | { type: "text"; text: string }
  | { type: "present"; field: Field }
  | { type: "compare"; field: Field; operator: Operator; value: string };

export const EVERYTHING: Query = { type: "and", of: [] };

/** Every field that the query reads, each place that it does. */
export function fieldsOf(query: Query): Field[] {
  switch (query.type) {
    case "and":
    case "or":
      return query.of.flatMap(fieldsOf);
    case "not":
      return fieldsOf(query.of);
    case "present":
    case "compare":
      return [query.field];
    case "text":
      return [];
  }
}

/** Does it say which of the archived runs it wants? A query that does not, wants none. */
export const mentionsArchived = (query: Query): boolean =>
  fieldsOf(query).some((field) => field.kind === "named" && field.name === "archived");
