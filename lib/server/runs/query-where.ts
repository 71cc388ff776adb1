import "server-only";
import { type Field, type FieldName, named } from "@/lib/domain/query/fields";
import type { Operator, Query } from "@/lib/domain/query/query";
import { numberOf, stretchOf } from "@/lib/domain/query/values";
import type { Prisma } from "@/prisma/generated/sqlite/client";

type Where = Prisma.RunWhereInput;

export interface CompiledQuery {
  /** Lets through every run that the query does, and perhaps more. */
  where: Where;
  /** It lets through no more: the rows need not be looked at. */
  exact: boolean;
}

/** Holds for every run. Prisma reads an empty condition among alternatives as one that never holds. */
const ALWAYS: Where = { id: { not: "" } };
const ANY: CompiledQuery = { where: ALWAYS, exact: false };

/**
 * As much of a query as both databases answer alike. Text that is looked for inside text is not: they fold case
 * differently, and `%` and `_` are no wildcards here.
 */
export function compileQuery(query: Query): CompiledQuery {
  switch (query.type) {
    case "and": {
      const parts = query.of.map(compileQuery);
      return { where: { AND: parts.map(({ where }) => where) }, exact: parts.every(({ exact }) => exact) };
    }
    case "or": {
      const parts = query.of.map(compileQuery);
      return { where: { OR: parts.map(({ where }) => where) }, exact: parts.every(({ exact }) => exact) };
    }
    case "not": {
      const { where, exact } = compileQuery(query.of);
      return exact ? { where: { NOT: where }, exact } : ANY;
    }
    case "text":
      return ANY;
    case "present":
      return compiled(present(query.field));
    case "compare":
      // Told by the clock: the rows have to be looked at.
      if (isField(query.field, "liveness")) return { where: { status: "running" }, exact: false };
      return compiled(compare(query.field, query.operator, query.value));
  }
}

const isField = (field: Field, name: FieldName): boolean => field.kind === "named" && field.name === name;

const compiled = (where: Where | null): CompiledQuery => (where === null ? ANY : { where, exact: true });

const COLUMNS = {
  name: "name",
  id: "id",
  status: "status",
  group: "group",
  audit: "auditCode",
  health: "healthCode",
  plateau: "plateauState",
  source: "scheduleSource",
  schedule: "scheduleFamily",
  seed: "seed",
  step: "lastStep",
  total_steps: "totalSteps",
  created: "createdAt",
  started: "startedAt",
  ended: "endedAt",
} as const satisfies Partial<Record<FieldName, keyof Where>>;

const NEVER_NULL: ReadonlySet<string> = new Set(["name", "id", "status", "createdAt", "startedAt"]);

const columnOf = (name: FieldName): (typeof COLUMNS)[keyof typeof COLUMNS] | null =>
  Object.entries(COLUMNS).find(([known]) => known === name)?.[1] ?? null;

function present(field: Field): Where | null {
  if (field.kind === "metric") {
    return {
      series: { some: { key: field.key, ...(field.stat === "last" ? {} : { [field.stat]: { not: null } }) } },
    };
  }
  if (field.kind !== "named") return null;
  if (field.name === "tag") return { tags: { some: {} } };
  const column = columnOf(field.name);
  if (column === null) return null;
  return NEVER_NULL.has(column) ? ALWAYS : { [column]: { not: null } };
}

const COMPARE = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "=": "equals" } as const;

function compare(field: Field, operator: Operator, value: string): Where | null {
  if (operator === "~") return null;
  if (field.kind === "metric") return compareMetric(field, operator, value);
  if (field.kind !== "named") return null;
  return compareNamed(field.name, operator, value);
}

const NUMBERS: ReadonlySet<FieldName> = new Set(["seed", "step", "total_steps"]);
const TIMES: ReadonlySet<FieldName> = new Set(["created", "started", "ended"]);

function compareNamed(name: FieldName, operator: Exclude<Operator, "~">, value: string): Where | null {
  if (name === "tag") return { tags: { some: { tag: value } } };
  if (name === "project") return { project: { name: value } };
  if (name === "archived") return { archivedAt: value === "true" ? { not: null } : null };
  if (TIMES.has(name)) return compareTime(name, operator, value);
  if (!NUMBERS.has(name)) return operator === "=" ? onColumn(name, { equals: value }) : null;
  const number = numberOf(value);
  return finite(number) ? onColumn(name, { [COMPARE[operator]]: number }) : null;
}

const finite = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** SQL's NOT of a comparison with NULL is NULL; with the presence spelled out it is true, as it should be. */
function onColumn(name: FieldName, condition: object): Where | null {
  const column = columnOf(name);
  return column === null ? null : { AND: [present(named(name)) ?? ALWAYS, { [column]: condition }] };
}

function compareTime(name: FieldName, operator: Exclude<Operator, "~">, value: string): Where | null {
  const stretch = stretchOf(value);
  if (stretch === null) return null;
  const [from, to] = [new Date(stretch.from), new Date(stretch.to)];
  const conditions = {
    "=": { gte: from, lt: to },
    "<": { lt: from },
    "<=": { lt: to },
    ">": { gte: to },
    ">=": { gte: from },
  };
  return onColumn(name, conditions[operator]);
}

function compareMetric(
  { key, stat }: Extract<Field, { kind: "metric" }>,
  operator: Exclude<Operator, "~">,
  value: string,
): Where | null {
  const number = numberOf(value);
  if (!finite(number)) return null;
  const isFinite = stat === "last" ? { lastNonfinite: 0 } : {};
  // An infinity compares with a number as well, but is not stored as one.
  if (stat === "last" && operator !== "=") return null;
  return { series: { some: { key, ...isFinite, [stat]: { [COMPARE[operator]]: number } } } };
}
