import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One call of the wire: what the route checks, what the OpenAPI document says, what tests parse with. */
export interface Endpoint {
  method: Method;
  /** Below /api/v1, with {params}. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** No body at all means an empty object. */
  bodyOptional?: boolean;
  /** Bytes; 1 MiB when absent. */
  maxBody?: number;
  /** The body may be NDJSON, whose lines become this field. */
  ndjsonField?: string;
  /** By status. null: no body. */
  responses: Readonly<Record<number, z.ZodType | null>>;
  /** Answers with something else than JSON, of this type. */
  produces?: string;
}

/** Keeps the literal types of what it is given. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
