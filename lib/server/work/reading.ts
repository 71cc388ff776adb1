import "server-only";
import type { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import type { Ctx } from "../context";
import { env } from "../env";
import { SEARCH } from "./costs";
import { type Task, task } from "./task";

/** Who asks, without what cannot travel. */
export type Who = Pick<Ctx, "actor" | "scopes" | "requestId">;

export interface Question<I> {
  who: Who;
  input: I;
}

/** An answer's body, JSON as it goes out. */
export interface RawAnswer<T = unknown> {
  json: Uint8Array<ArrayBuffer>;
  /** Never there: it tells the types apart. */
  of?: T;
}

type Response<E extends Endpoint> = E["responses"][200] extends z.ZodType
  ? z.input<E["responses"][200]>
  : never;

const encoder = new TextEncoder();
/** The process ends the whole worker instead. */
const NEVER = new AbortController().signal;

/** Outside production an answer is held to its schema where it is made. */
export function encode<T>(endpoint: Endpoint, body: T): RawAnswer<T> {
  if (!env().production) endpoint.responses[200]?.parse(body);
  return { json: encoder.encode(JSON.stringify(body)) };
}

/**
 * A service that only reads, as a task: it reads on the worker's own connection, and what it answers is written out
 * there. How much it will read is known only when it has.
 */
export function reading<E extends Endpoint, I>(
  endpoint: E,
  service: (ctx: Ctx, input: I) => Promise<Response<E>>,
): Task<Question<I>, RawAnswer<Response<E>>> {
  return task(
    () => SEARCH,
    async ({ who, input }, db) =>
      encode(endpoint, await service({ ...who, db: await db.reader(), signal: NEVER }, input)),
  );
}
