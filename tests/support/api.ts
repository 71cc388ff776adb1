import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import type { Problem } from "@/lib/contracts/problem";
import { closeDatabase } from "@/lib/server/db/database";
import { forgetEnv } from "@/lib/server/env";
import { parseProblem } from "./problem";

export type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

type Part<T> = T extends z.ZodType ? z.output<T> : undefined;
/** What the endpoint answers when all is well, as its strict schema gives it. */
export type BodyOf<E extends Endpoint> = {
  [S in keyof E["responses"]]: E["responses"][S] extends z.ZodType ? Part<E["responses"][S]> : null;
}[keyof E["responses"]];

export interface Input {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  /** Sent as JSON; a string or a Blob goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  status: number;
  body: T;
  problem: Problem | null;
  response: Response;
}

const ORIGIN = "http://localhost:3000";

/** True when the suite runs on PostgreSQL. */
export const onPostgres = process.env.TEST_DATABASE_URL !== undefined;

/** Gives the calling test file an empty database and an environment of its own, and takes them away at the end. */
export function freshDatabase(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "lrscope-api-"));
  const name = `lrscope_${randomBytes(6).toString("hex")}`;
  beforeAll(async () => {
    forgetEnv();
    vi.stubEnv("LRSCOPE_LOG", "silent");
    vi.stubEnv("LRSCOPE_SYNCHRONOUS", "NORMAL");
    vi.stubEnv("LRSCOPE_DATA", folder);
    vi.stubEnv("DATABASE_URL", undefined);
    const server = process.env.TEST_DATABASE_URL;
    if (server === undefined) return;
    await administer(server, `CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    vi.stubEnv("DATABASE_URL", url.href);
  });
  afterAll(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    await closeDatabase();
    const server = process.env.TEST_DATABASE_URL;
    if (server !== undefined) await administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

export function requestFor(
  endpoint: Pick<Endpoint, "method" | "path">,
  { params = {}, query = {}, body, headers = {}, signal }: Input,
): Request {
  const pathname = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return new Request(`${ORIGIN}/api/v1${pathname}${search.size > 0 ? `?${search}` : ""}`, {
    method: endpoint.method,
    headers: {
      host: "localhost:3000",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: bytesOf(body) }),
    signal,
  });
}

const bytesOf = (body: unknown): string | Blob =>
  typeof body === "string" || body instanceof Blob ? body : JSON.stringify(body);

/** Calls an exported route handler as Next would, and holds its answer to the contract: success or problem. */
export async function call<E extends Endpoint>(
  handler: Handler,
  endpoint: E,
  input: Input = {},
): Promise<Answer<BodyOf<E>>> {
  const response = await handler(requestFor(endpoint, input), {
    params: Promise.resolve(input.params ?? {}),
  });
  const { status } = response;
  if (status >= 400) {
    const problem = await parseProblem(response);
    return { status, body: noBody(), problem, response };
  }
  const schema = endpoint.responses[status];
  expect(schema, `${endpoint.path} answered ${status}, which is not in its contract`).toBeDefined();
  if (schema === null || schema === undefined) return { status, body: noBody(), problem: null, response };
  const body = (await response.json()) as z.output<typeof schema>;
  schema.parse(body);
  return { status, body: asBody<BodyOf<E>>(body), problem: null, response };
}

/** What passed the endpoint's own schema a line above. */
const asBody = <T>(checked: unknown): T => checked as T;
/** Nothing was sent; whoever reads it after a refusal fails on null. */
const noBody = <T>(): T => asBody<T>(null);

/** The body of an answer that must be a success. */
export async function ok<E extends Endpoint>(
  handler: Handler,
  endpoint: E,
  input: Input = {},
): Promise<BodyOf<E>> {
  const answer = await call(handler, endpoint, input);
  expect(answer.problem, JSON.stringify(answer.problem)).toBeNull();
  return answer.body;
}
