import { z } from "zod";
import { type CallExample, callExamples } from "@/lib/presenters/docs/call-examples";
import { JsonSchemaNode, type Definitions, type JsonSchema } from "@/lib/presenters/docs/json-schema";
import { exampleOf } from "@/lib/presenters/docs/schema-example";
import { schemaFields, typeText, type SchemaField } from "@/lib/presenters/docs/schema-fields";

const Content = z.record(z.string(), z.object({ schema: JsonSchemaNode.optional() }));
const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: JsonSchemaNode.optional(),
});
const Operation = z.object({
  tags: z.array(z.string()).optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string().optional(), content: Content.optional() }),
  ),
});
type Operation = z.infer<typeof Operation>;

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** As much of an OpenAPI document as is shown. */
const OpenApi = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string().default("") }),
  servers: z.array(z.object({ url: z.string() })).default([]),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), Operation)).default({}),
  components: z
    .object({ schemas: z.record(z.string(), JsonSchemaNode).default({}) })
    .default({ schemas: {} }),
});

export interface ApiBody {
  /** Accepted or answered media types. */
  types: string[];
  /** The whole body's type, when it is no plain object: `Point[]`. */
  type: string;
  fields: SchemaField[];
}

export interface ApiOperation {
  /** Fragment of the page's address. */
  anchor: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (SchemaField & { place: string })[];
  body: ApiBody | null;
  responses: { status: string; description: string; body: ApiBody | null }[];
  examples: CallExample[];
}

export interface ApiReference {
  title: string;
  version: string;
  description: string;
  /** What every path begins with: `/api/v1`. */
  base: string;
  groups: { tag: string; anchor: string; operations: ApiOperation[] }[];
  /** What every call answers when it fails; null when the document does not say. */
  failure: ApiBody | null;
}

/**
 * The API's description for reading, grouped by tag in the order of the document.
 * @param document an OpenAPI 3.1 document, as JSON
 * @param origin of this server, for the examples
 */
export function presentApi(document: unknown, origin: string): ApiReference {
  const { info, paths, components, servers } = OpenApi.parse(document);
  const definitions = components.schemas;
  const base = servers[0]?.url ?? "";
  const groups = new Map<string, ApiOperation[]>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of operationsOf(item)) {
      const tag = operation.tags?.[0] ?? "other";
      const shown = presentOperation(method, `${base}${path}`, operation, definitions, origin);
      groups.set(tag, [...(groups.get(tag) ?? []), shown]);
    }
  }
  return {
    title: info.title,
    version: info.version,
    description: info.description,
    base,
    failure: failureOf(Object.values(paths), definitions),
    groups: [...groups].map(([tag, operations]) => ({ tag, anchor: anchorOf(tag), operations })),
  };
}

type PathItem = Partial<Record<(typeof METHODS)[number], Operation>>;

/** A path's calls, reading before writing. */
const operationsOf = (item: PathItem): [string, Operation][] =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [[method, operation] satisfies [string, Operation]] : [];
  });

/** Calls share one answer for every error, under `default`: the first call's stands for all. */
function failureOf(items: readonly PathItem[], definitions: Definitions): ApiBody | null {
  const operations = items.flatMap(operationsOf).map(([, operation]) => operation);
  const failing = operations.find(({ responses }) => responses.default !== undefined);
  return presentBody(failing?.responses.default?.content, definitions);
}

const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function presentOperation(
  method: string,
  path: string,
  operation: Operation,
  definitions: Definitions,
  origin: string,
): ApiOperation {
  const body = presentBody(operation.requestBody?.content, definitions);
  const bodySchema = jsonSchemaOf(operation.requestBody?.content);
  return {
    anchor: anchorOf(`${method} ${path}`),
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? "",
    description: operation.description ?? "",
    parameters: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      place: parameter.in,
      depth: 0,
      type: typeText(parameter.schema ?? {}),
      required: parameter.required ?? false,
      description: parameter.description ?? parameter.schema?.description ?? "",
    })),
    body,
    responses: Object.entries(operation.responses)
      .filter(([status]) => status !== "default")
      .map(([status, response]) => ({
        status,
        description: response.description ?? "",
        body: presentBody(response.content, definitions),
      })),
    examples: callExamples({
      method,
      url: `${origin}${path}`,
      body: bodySchema ? exampleOf(bodySchema, definitions) : null,
    }),
  };
}

type MediaTypes = z.infer<typeof Content>;

const jsonSchemaOf = (content: MediaTypes | undefined): JsonSchema | undefined =>
  content?.["application/json"]?.schema ?? Object.values(content ?? {})[0]?.schema;

function presentBody(content: MediaTypes | undefined, definitions: Definitions): ApiBody | null {
  if (!content) return null;
  const schema = jsonSchemaOf(content) ?? {};
  return { types: Object.keys(content), type: typeText(schema), fields: schemaFields(schema, definitions) };
}
