import { z } from "zod";

/** As much of a JSON Schema as is shown. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

export const JsonSchemaNode: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    maxLength: z.number().optional(),
    maxItems: z.number().optional(),
    items: JsonSchemaNode.optional(),
    properties: z.record(z.string(), JsonSchemaNode).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), JsonSchemaNode]).optional(),
    anyOf: z.array(JsonSchemaNode).optional(),
    oneOf: z.array(JsonSchemaNode).optional(),
    allOf: z.array(JsonSchemaNode).optional(),
  }),
);

/** Named schemas of the document, by name. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

export const refName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** The schema that a reference stands for; an unknown one allows anything. */
export function resolve(schema: JsonSchema, definitions: Definitions): JsonSchema {
  return schema.$ref === undefined ? schema : (definitions[refName(schema.$ref)] ?? {});
}

/** The schemas of which a value fits one; the schema itself when there is no choice. */
export function choicesOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}
