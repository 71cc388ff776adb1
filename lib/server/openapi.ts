import "server-only";
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from "zod-openapi";
import { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import { ENDPOINTS } from "@/lib/contracts/endpoints/all";
import { Problem } from "@/lib/contracts/problem";
import { VERSION } from "./version";

const JSON_TYPE = "application/json";

const objectOf = (schema: z.ZodType | undefined) => (schema instanceof z.ZodObject ? schema : undefined);

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const responses = Object.entries(endpoint.responses).map(([status, schema]) => [
    status,
    {
      description: status === "204" ? "Done." : "Done, with the result.",
      ...(schema ? { content: { [endpoint.produces ?? JSON_TYPE]: { schema } } } : {}),
    },
  ]);
  const { body } = endpoint;
  const params = objectOf(endpoint.params);
  const query = objectOf(endpoint.query);
  return {
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: endpoint.description,
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(body ? { requestBody: { required: true, content: { [JSON_TYPE]: { schema: body } } } } : {}),
    responses: {
      ...Object.fromEntries(responses),
      default: { description: "An error.", content: { "application/problem+json": { schema: Problem } } },
    },
  };
}

let made: ReturnType<typeof createDocument> | undefined;

/** The contract as OpenAPI 3.1, made from the very schemas that the routes check with. */
export function openApiDocument() {
  made ??= createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "lrscope",
        version: VERSION,
        description: "The experiment tracker that knows your learning-rate schedule.",
      },
      servers: [{ url: "/api/v1" }],
      paths: paths(),
    },
    // A declared schedule is checked by the domain; to the document it is an object with a description.
    { allowEmptySchema: { custom: true } },
  );
  return made;
}

function paths(): ZodOpenApiObject["paths"] {
  const found: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of ENDPOINTS) {
    const path = (found[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operation(endpoint);
  }
  return found;
}
