import { choicesOf, resolve, type Definitions, type JsonSchema } from "@/lib/presenters/docs/json-schema";

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that mean something, by the field's name. */
const KNOWN: Readonly<Record<string, Json>> = {
  project: "my-project",
  name: "my-run",
  metrics: { "train/loss": 0.42, lr: 0.01 },
  schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 1000 },
  policies: [{ detector: "torch", metric: "val/loss", patience: 10, factor: 0.5 }],
  steps: 100,
  runs: ["<run_id>"],
  keys: ["train/loss"],
  kind: "scale_lr",
};

/** The smallest body that the schema takes: its required fields. */
export function exampleOf(schema: JsonSchema, definitions: Definitions, depth = 0): Json {
  const own = resolve(schema, definitions);
  const [first = own] = choicesOf(own);
  if (first !== own) return exampleOf(first, definitions, depth);
  if (own.enum) return toJson(own.enum[0]);
  if (own.items) return depth > 3 ? [] : [exampleOf(own.items, definitions, depth + 1)];
  if (!own.properties) return scalar(own);
  const entries = (own.required ?? []).map((name) => {
    const property = own.properties?.[name] ?? {};
    return [name, KNOWN[name] ?? exampleOf(property, definitions, depth + 1)] as const;
  });
  return Object.fromEntries(entries);
}

const toJson = (value: unknown): Json =>
  typeof value === "string" || typeof value === "number" ? value : null;

function scalar({ type, const: constant, minimum }: JsonSchema): Json {
  if (constant !== undefined) return toJson(constant);
  switch (Array.isArray(type) ? type[0] : type) {
    case "integer":
    case "number":
      return Math.max(0, minimum ?? 0);
    case "boolean":
      return true;
    case "object":
      return {};
    case "array":
      return [];
    default:
      return "…";
  }
}
