import "server-only";
import type { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import type { Ctx } from "../context";
import { env } from "../env";
import { ServiceError } from "../errors";
import { newId } from "../ids";
import { localContext } from "../local-context";
import { log } from "../log";
import { guardOrigin } from "./guard";
import { problemAnswer } from "./problem-answer";
import { readBody } from "./read-body";
import { queryObject, validate } from "./validate";
import {
  bytesAnswer,
  fromWeb,
  jsonAnswer,
  JsonBytes,
  toWeb,
  type WireAnswer,
  type WireRequest,
} from "./wire";

export const DEFAULT_MAX_BODY = 1024 * 1024;
const SLOW_MS = 1000;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type BodyOf<E extends Endpoint> = {
  [S in keyof E["responses"]]: E["responses"][S] extends z.ZodType ? z.input<E["responses"][S]> : null;
}[keyof E["responses"]];

export interface Call<E extends Endpoint> {
  ctx: Ctx;
  params: Parsed<E["params"]>;
  query: Parsed<E["query"]>;
  body: Parsed<E["body"]>;
  request: WireRequest;
}

/** An answer with another status than the endpoint's first. */
export class Reply<T> {
  constructor(
    readonly status: number,
    readonly body: T,
  ) {}
}

type Answer<E extends Endpoint> = BodyOf<E> | Reply<BodyOf<E>> | JsonBytes<BodyOf<E>> | Response;
type Answering = (request: WireRequest, params: Promise<unknown>) => Promise<WireAnswer | Response>;
type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/**
 * Turns an endpoint of the contract and a handler into a Next route: guards, parses, calls, serialises, and answers
 * every error as problem+json. Outside production the response is checked against its schema.
 */
export function defineRoute<E extends Endpoint>(
  endpoint: E,
  handler: (call: Call<E>) => Promise<Answer<E>>,
): RouteHandler {
  return asRoute(answers(endpoint, handler));
}

export function asRoute(answering: Answering): RouteHandler {
  return async (request, context) => {
    const answer = toWeb(await answering(fromWeb(request), context.params));
    if (request.method !== "HEAD") return answer;
    // Next answers HEAD with a GET whose body nobody reads: a stream must not wait for a reader.
    await answer.body?.cancel();
    return new Response(null, answer);
  };
}

/** What `defineRoute` does, before it is made into a route of Next's. Never rejects. */
export function answers<E extends Endpoint>(
  endpoint: E,
  handler: (call: Call<E>) => Promise<Answer<E>>,
): Answering {
  return async (request, params) => {
    const requestId = newId();
    const began = performance.now();
    const given = await answer(endpoint, handler, request, params, requestId).catch((error: unknown) =>
      problemAnswer(request.signal.aborted ? left() : error, requestId),
    );
    const ms = Math.round(performance.now() - began);
    const line = { requestId, method: endpoint.method, path: endpoint.path, status: given.status, ms };
    if (given.status >= 400 || ms > SLOW_MS) log().info(line, "request");
    else log().debug(line, "request");
    return given;
  };
}

/** Nobody reads it: it is for the log. */
const left = () => new ServiceError("bad_request", "the client left before it was answered");

async function answer<E extends Endpoint>(
  endpoint: E,
  handler: (call: Call<E>) => Promise<Answer<E>>,
  request: WireRequest,
  params: Promise<unknown>,
  requestId: string,
): Promise<WireAnswer | Response> {
  guardOrigin(request.headers);
  const call: Call<E> = {
    params: parseAs<Parsed<E["params"]>>(endpoint.params, endpoint.params ? await params : undefined),
    query: parseAs<Parsed<E["query"]>>(
      endpoint.query,
      endpoint.query ? queryObject(new URL(request.url).searchParams) : undefined,
    ),
    body: parseAs<Parsed<E["body"]>>(
      endpoint.body,
      endpoint.body ? await bodyOf(endpoint, request) : undefined,
    ),
    ctx: await localContext(requestId, request.signal),
    request,
  };
  return serialise(endpoint, await handler(call), requestId);
}

async function bodyOf(endpoint: Endpoint, request: WireRequest): Promise<unknown> {
  const isEmpty =
    request.headers.get("content-type") === null && !Number(request.headers.get("content-length") ?? 0);
  if (endpoint.bodyOptional && isEmpty) return {};
  return readBody(request, endpoint.maxBody ?? DEFAULT_MAX_BODY, endpoint.ndjsonField);
}

/** The callers' `T` is the output type of the very schema that they pass; `undefined` where the endpoint has no such part. */
function parseAs<T>(schema: z.ZodType | undefined, value: unknown): T {
  return (schema ? validate(schema, value) : undefined) as T;
}

function serialise<E extends Endpoint>(
  endpoint: E,
  result: Answer<E>,
  requestId: string,
): WireAnswer | Response {
  if (result instanceof Response) {
    result.headers.set("x-request-id", requestId);
    return result;
  }
  const status = result instanceof Reply ? result.status : Number(Object.keys(endpoint.responses)[0]);
  const body: unknown = result instanceof Reply ? result.body : result;
  const schema = endpoint.responses[status];
  if (schema === undefined)
    throw new Error(`${endpoint.path} answers ${status}, which its contract does not have`);
  const headers = { "x-request-id": requestId, "cache-control": "no-store" };
  if (body instanceof JsonBytes) return bytesAnswer(status, body, headers);
  if (schema === null) return { status, headers, body: null };
  if (!env().production) schema.parse(body);
  return jsonAnswer(status, body, headers);
}

/** For paths and methods that are not there: JSON like every other error. */
export const notFoundRoute: RouteHandler = async (request) =>
  toWeb(
    problemAnswer(
      new ServiceError("not_found", `${new URL(request.url).pathname} is not part of the API`),
      newId(),
    ),
  );
