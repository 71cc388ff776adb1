import {
  choicesOf,
  refName,
  resolve,
  type Definitions,
  type JsonSchema,
} from "@/lib/presenters/docs/json-schema";

/** A field of a body or an answer; `depth` 0 is the outermost object. */
export interface SchemaField {
  name: string;
  depth: number;
  type: string;
  required: boolean;
  description: string;
}

/** Deeper objects are named by their type only. */
const MAX_DEPTH = 2;

/** A name that the generator made up for a schema within itself says nothing. */
const refText = (ref: string): string => (refName(ref).startsWith("__") ? "object" : refName(ref));

/** A type as TypeScript would write it, with its bounds: `integer 0 … 200`, `"min" | "max"`, `Point[]`. */
export function typeText(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return refText(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = choicesOf(schema);
  if (choices.length > 1) return [...new Set(choices.map(typeText))].join(" | ");
  if (schema.items) return arrayText(schema.items, schema.maxItems);
  if (typeof schema.additionalProperties === "object")
    return `{ [key]: ${typeText(schema.additionalProperties)} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return [schema.format === "date-time" ? "ISO 8601 time" : type, boundsText(schema)]
    .filter(Boolean)
    .join(" ");
}

function arrayText(items: JsonSchema, most: number | undefined): string {
  const inner = typeText(items);
  const list = inner.includes(" ") ? `(${inner})[]` : `${inner}[]`;
  return most === undefined ? list : `${list} ≤ ${most}`;
}

function boundsText({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const top = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : maximum;
  const bottom = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? null : minimum;
  if (exclusiveMinimum !== undefined) return `> ${exclusiveMinimum}${top === null ? "" : `, ≤ ${top}`}`;
  if (bottom !== null && top !== null) return `${bottom} … ${top}`;
  if (bottom !== null) return `≥ ${bottom}`;
  return top === null ? "" : `≤ ${top}`;
}

/** The fields of an object, and of the objects within it, in the order in which they are declared. */
export function schemaFields(schema: JsonSchema, definitions: Definitions): SchemaField[] {
  return fieldsAt(schema, definitions, 0, []);
}

function fieldsAt(
  schema: JsonSchema,
  definitions: Definitions,
  depth: number,
  path: readonly string[],
): SchemaField[] {
  if (depth >= MAX_DEPTH) return [];
  const through = schema.$ref === undefined ? path : [...path, schema.$ref];
  if (through !== path && path.includes(schema.$ref ?? "")) return [];
  const { properties = {}, required = [] } = resolve(schema, definitions);
  return Object.entries(properties).flatMap(([name, property]) => [
    {
      name,
      depth,
      type: typeText(property),
      required: required.includes(name),
      description: property.description ?? resolve(property, definitions).description ?? "",
    },
    ...innerObjects(property).flatMap((inner) => fieldsAt(inner, definitions, depth + 1, through)),
  ]);
}

/** The objects that a property holds: itself, its items, its values or its one choice that is not null. */
function innerObjects(property: JsonSchema): readonly JsonSchema[] {
  if (property.items) return innerObjects(property.items);
  if (typeof property.additionalProperties === "object") return innerObjects(property.additionalProperties);
  const choices = choicesOf(property).filter((choice) => choice.type !== "null");
  return choices.length === 1 ? choices : [];
}
